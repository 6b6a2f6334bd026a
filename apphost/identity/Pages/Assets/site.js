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

// A page that only leads on does so by itself.
document.querySelector("a[data-go]")?.click();
document.querySelector("form[data-go]")?.requestSubmit();

const password = document.getElementById("password");
const caps = document.getElementById("caps");

if (password && caps) {
  password.addEventListener("keyup", event => {
    caps.textContent = event.getModifierState && event.getModifierState("CapsLock") ? caps.dataset.text : "";
  });
}

// Passkeys: the browser's answer goes into the form, which is then sent like any other.
const knowsPasskeys = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON;

async function askForPasskey(button) {
  const options = JSON.parse(button.dataset.options);
  const credential = button.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  button.form.elements.credential.value = JSON.stringify(credential);
  button.form.requestSubmit();
}

for (const form of document.querySelectorAll("[data-passkey-form]")) form.hidden = !knowsPasskeys;
for (const button of document.querySelectorAll("[data-passkey]")) {
  const message = button.form.querySelector("[data-passkey-message]");
  const refuse = () => { if (message) message.textContent = message.dataset.passkeyMessage; };
  button.addEventListener("click", () => { if (knowsPasskeys) askForPasskey(button).catch(refuse); else refuse(); });
}

// A second click must not be a second attempt.
for (const form of document.forms) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
