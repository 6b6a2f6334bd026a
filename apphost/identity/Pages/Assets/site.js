"use strict";

for (const reveal of document.querySelectorAll(".reveal")) {
  const field = document.getElementById(reveal.getAttribute("aria-controls"));
  reveal.hidden = false;
  reveal.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    reveal.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
}

const password = document.getElementById("password");
const caps = document.getElementById("caps");

if (password && caps) {
  password.addEventListener("keyup", event => {
    caps.textContent = event.getModifierState && event.getModifierState("CapsLock") ? caps.dataset.text : "";
  });
}

// A second click must not be a second attempt.
for (const form of document.forms) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
