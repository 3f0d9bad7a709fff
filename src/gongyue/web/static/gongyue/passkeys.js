// Passkeys that sign acts: making one, and signing the act that is shown. No library; bytes travel as base64url.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(url, fields, token) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token });
  const answer = await fetch(url, { method: "POST", body, credentials: "same-origin" });
  const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null; // a page: signed out, too often, …
  if (!answer.ok || !said) throw new Error(said?.error || answer.status);
  return said;
}

async function make(place) {
  const token = (place.closest("form") || place.querySelector("form")).querySelector("[name=csrfmiddlewaretoken]").value;
  const holder = place.dataset.holder;
  const { publicKey } = await ask(place.dataset.begin, { holder }, token);
  publicKey.challenge = bytes(publicKey.challenge);
  publicKey.user.id = bytes(publicKey.user.id);
  publicKey.excludeCredentials = (publicKey.excludeCredentials || []).map((c) => ({ ...c, id: bytes(c.id) }));
  const made = await navigator.credentials.create({ publicKey });
  const credential = JSON.stringify({
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: {},
    response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) },
  });
  const name = place.querySelector("[data-name]")?.value || "";
  return ask(place.dataset.finish, { holder, credential, name }, token);
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  const button = place.querySelector("[data-make]");
  if (!button || !window.PublicKeyCredential) continue;
  const say = place.querySelector("[data-say]");
  place.querySelector(".passkey-way").hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const made = await make(place);
      say.textContent = say.dataset.made;
      const input = place.querySelector("input[name]:not([type=hidden])");
      if (input) input.value = made.key;
      if ("reload" in place.dataset) window.location.reload();
    } catch (error) {
      say.textContent = error.name === "NotAllowedError" ? say.dataset.failed : `${say.dataset.failed} (${error.message})`;
    }
    button.disabled = false;
  });
}

/* The passkey's signature over that challenge, verified by its holder. */
async function assert(challenge, credentials) {
  const allowCredentials = credentials.split(" ").map((id) => ({ type: "public-key", id: bytes(id) }));
  const publicKey = { challenge: bytes(challenge), allowCredentials, userVerification: "required", timeout: 120000 };
  const { rawId, response } = await navigator.credentials.get({ publicKey });
  const [ad, cd, sig] = [response.authenticatorData, response.clientDataJSON, response.signature].map(text);
  return { credential: text(rawId), ad, cd, sig };
}

for (const form of document.querySelectorAll("form[data-sign]")) {
  if (!window.PublicKeyCredential) continue;
  const go = form.querySelector("[data-go]");
  const say = form.querySelector("[data-say]");
  go.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const signed = await assert(form.dataset.challenge, form.dataset.credentials);
      for (const name in signed) form.elements[name].value = signed[name];
      form.submit();
    } catch (error) {
      say.textContent = error.name === "NotAllowedError" ? say.dataset.failed : `${say.dataset.failed} (${error.message})`;
      go.disabled = false;
    }
  });
}

/* Several acts, one after the other; what is signed when somebody stops is handed in. */
for (const form of document.querySelectorAll("form[data-sign-many]")) {
  const way = form.querySelector("[data-passkey-way]");
  if (!way || !window.PublicKeyCredential) continue;
  const go = way.querySelector("[data-go]");
  const say = way.querySelector("[data-say]");
  go.disabled = false;
  go.addEventListener("click", async () => {
    const chosen = [...form.querySelectorAll("[data-act]:checked")];
    const signed = [];
    go.disabled = true;
    try {
      for (const one of chosen) {
        say.textContent = `${signed.length + 1} / ${chosen.length}`;
        const [id, digest] = one.value.split(" ");
        signed.push({ id, digest, ...(await assert(one.dataset.challenge, way.dataset.credentials)) });
      }
    } catch (error) {
      say.textContent = error.name === "NotAllowedError" ? say.dataset.failed : `${say.dataset.failed} (${error.message})`;
      go.disabled = false;
      if (!signed.length) return;
    }
    form.elements.signed.value = JSON.stringify(signed);
    form.submit();
  });
}

document.querySelector("[data-focus]")?.focus();
