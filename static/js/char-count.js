/* <char-count data-max="120" data-left="{n} characters left" data-over="{n} characters too many"></char-count>
   stands right after the input or textarea it counts for. Speaks up for screen readers only near the end.
   Without it: the hint says the limit, and the server says when it is passed. */

const NEAR = 20;

class CharCount extends HTMLElement {
  connectedCallback() {
    this.field = this.previousElementSibling;
    this.field.removeAttribute("maxlength"); // a pasted text is shortened by its writer, not cut off
    this.field.addEventListener("input", () => this.show());
    this.show();
  }

  show() {
    const left = Number(this.dataset.max) - [...this.field.value].length;
    this.dataset.state = left < 0 ? "over" : "within";
    this.role = left < NEAR ? "status" : null;
    const words = left < 0 ? this.dataset.over : this.dataset.left;
    this.textContent = words.replace("{n}", Math.abs(left));
  }
}

customElements.define("char-count", CharCount);
