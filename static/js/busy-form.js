/* <busy-form>…forms…</busy-form>: a form inside is sent once, and its button shows that it is being sent.
   Forms that htmx sends, and GET forms, are left alone. Stands around <main> in layout/base.html.
   Without it: a second click sends the form again, which changes nothing, because actions are idempotent. */

const GIVE_UP_AFTER = 10_000; // ms: the connection was lost, so let them try again

class BusyForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.guard(event));
    window.addEventListener("pageshow", () => this.release());
  }

  guard(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.ariaBusy === "true") {
      event.preventDefault();
      return;
    }
    form.ariaBusy = "true";
    event.submitter?.setAttribute("data-pressed", "");
    setTimeout(() => this.release(form), GIVE_UP_AFTER);
  }

  release(only) {
    for (const form of only ? [only] : this.querySelectorAll("form[aria-busy]")) {
      form.removeAttribute("aria-busy");
      form.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
    }
  }
}

customElements.define("busy-form", BusyForm);
