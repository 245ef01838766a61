// In a form that says data-enter-next, Enter goes on to the next field and sends the form from the last one; Ctrl+Enter sends it from any.
(() => {
  "use strict";

  document.addEventListener("keydown", event => {
    const form = event.key === "Enter" && event.target.form;
    if (!form || !("enterNext" in form.dataset) || event.isComposing || !["INPUT", "SELECT"].includes(event.target.tagName)) return;
    event.preventDefault();
    const fields = [...form.elements].filter(field => field.tagName === "INPUT" && !field.disabled && field.offsetParent !== null);
    const next = fields[fields.indexOf(event.target) + 1];
    if (next && !event.ctrlKey && !event.metaKey && event.target.tagName === "INPUT") {
      next.focus();
      next.select();
    } else if (event.ctrlKey || event.metaKey || event.target.tagName === "INPUT") {
      // What stands in the field is told first: leaving it is what tells.
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
      form.requestSubmit();
    }
  });
})();
