// The sign-in page: shows the password on request and says that Caps Lock is on.
const password = document.getElementById("password");
const show = document.getElementById("show-password");
const hint = document.getElementById("caps-lock");

if (password && show && hint) {
  show.hidden = false;
  show.addEventListener("click", () => {
    const visible = password.type === "password";
    password.type = visible ? "text" : "password";
    show.setAttribute("aria-pressed", String(visible));
    password.focus();
  });

  const look = event => {
    hint.textContent = event.getModifierState?.("CapsLock") ? "Caps Lock is on" : "";
  };
  password.addEventListener("keydown", look);
  password.addEventListener("keyup", look);
  password.addEventListener("blur", () => { hint.textContent = ""; });

  // A password that is shown must not be what the browser remembers as plain text.
  password.form.addEventListener("submit", () => { password.type = "password"; });
}

const print = document.getElementById("print-codes");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
