/* <closing-menu><details class="menu">…</details></closing-menu>: Escape or a click elsewhere closes the menu.
   Without it: a click on the opener closes it. */

class ClosingMenu extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close(), { signal });
    document.addEventListener("click", (event) => this.contains(event.target) || this.shut(), { signal });
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  shut() {
    for (const menu of this.querySelectorAll("details[open]")) menu.open = false;
  }

  close() {
    this.querySelector("details[open] > summary")?.focus();
    this.shut();
  }
}

customElements.define("closing-menu", ClosingMenu);
