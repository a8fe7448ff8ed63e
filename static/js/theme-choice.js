/* <theme-choice><form>…radios named theme…</form></theme-choice>: shows a theme as soon as it is chosen.
   Without it: it shows when the form is sent; a cookie then keeps it, so that no page flashes. */

class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      if (target.name === "theme") document.documentElement.dataset.theme = target.value;
    });
  }
}

customElements.define("theme-choice", ThemeChoice);
