/* <closing-menus></closing-menus>, once a page: Escape or a click elsewhere closes an open <details class="menu">.
   Without it: a click on a menu's opener closes it. */

class ClosingMenus extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", ({ target }) => this.close((menu) => !menu.contains(target)));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close(this.leave));
  }

  close(isMeant) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (isMeant(menu)) menu.open = false;
    }
  }

  leave(menu) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    return true;
  }
}

customElements.define("closing-menus", ClosingMenus);
