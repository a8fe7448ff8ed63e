/* <draft-form data-draft-url="/drafts/" data-draft-key="ideas.new" data-saved="Draft saved"><form>…</form></draft-form>
   keeps what is typed on the server a moment after the writer pauses, and says so. Signed-in pages only.
   Without it: the server still gives back what was typed when a form has errors or the session ended. */

const PAUSE = 1500; // ms without a key before saving

class DraftForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form[id]") ?? this.querySelector("form");
    this.said = this.appendChild(document.createElement("p"));
    this.said.role = "status";
    this.addEventListener("input", () => this.saveSoon());
    this.form.addEventListener("submit", () => clearTimeout(this.timer));
    document.addEventListener("visibilitychange", () => this.saveNow());
  }

  saveSoon() {
    this.isDirty = true;
    this.said.textContent = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), PAUSE);
  }

  async saveNow() {
    if (!this.isDirty || this.form.ariaBusy === "true") return;
    this.isDirty = false;
    const answer = await fetch(this.dataset.draftUrl, {
      method: "POST",
      body: this.draft(),
      keepalive: true,
    }).catch(() => null);
    if (answer?.ok) this.said.textContent = this.dataset.saved;
    else this.isDirty = true;
  }

  draft() {
    const { csrfmiddlewaretoken, ...payload } = [...new FormData(this.form)].reduce(
      (typed, [name, text]) => ({ ...typed, [name]: name in typed ? `${typed[name]},${text}` : text }),
      {},
    );
    return new URLSearchParams({
      csrfmiddlewaretoken,
      key: this.dataset.draftKey,
      payload: JSON.stringify(payload),
    });
  }
}

customElements.define("draft-form", DraftForm);
