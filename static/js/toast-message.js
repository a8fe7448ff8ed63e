/* <toast-message class="message"><p>Saved.</p></toast-message> inside <page-messages data-dismiss="Dismiss">:
   gets a button that takes it away. It never leaves by itself: people read at their own pace.
   Without it: the message stays until the next page. */

class ToastMessage extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.parentElement.dataset.dismiss;
    button.addEventListener("click", () => this.remove());
    this.append(button);
  }
}

customElements.define("toast-message", ToastMessage);
