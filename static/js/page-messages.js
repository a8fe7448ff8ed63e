/* <page-messages role="status" data-failed="…" data-offline="…" data-dismiss="…">…toasts…</page-messages>
   tells in words when a request of htmx failed; the server's own sentence if it sent one as text.
   Without it: there is no htmx either, and the browser shows the answer as a page. */

class PageMessages extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("htmx:responseError", (event) => this.tell(event.detail.xhr), { signal });
    document.addEventListener("htmx:sendError", () => this.say(this.dataset.offline), { signal });
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  tell(answer) {
    const isText = answer.getResponseHeader("Content-Type")?.startsWith("text/plain");
    this.say(isText ? answer.responseText : this.dataset.failed);
  }

  say(words) {
    const toast = document.createElement("toast-message");
    toast.className = "message";
    toast.dataset.level = "error";
    toast.appendChild(document.createElement("p")).textContent = words;
    this.replaceChildren(toast);
  }
}

customElements.define("page-messages", PageMessages);
