"use strict";

const password = document.getElementById("password");
const reveal = document.querySelector(".reveal");
const caps = document.getElementById("caps");

if (password && reveal) {
  reveal.hidden = false;
  reveal.addEventListener("click", () => {
    const shown = password.type === "text";
    password.type = shown ? "password" : "text";
    reveal.setAttribute("aria-pressed", String(!shown));
    password.focus();
  });
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
