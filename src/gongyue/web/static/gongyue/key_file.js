// An act is signed here, in the signer's browser: a key is made and saved as a file, and that file signs what is shown.
// The secret seed goes into the saved file and nowhere else. No library; the file is the one `gongyue key new` writes.

const LABEL = "gongyue-ed25519-seed";
const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const base64url = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const unbase64url = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

function save(name, text) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text])), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function make() {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  const { d, x } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const name = `k:${hex(unbase64url(x))}`;
  save(`unit-${name.slice(2, 10)}.key`, `${LABEL} ${hex(unbase64url(d))}\n`);
  return name;
}

/* The seed in a key file; an error says "form" where the file is none. */
async function seedIn(file) {
  const [label, seed, ...more] = (await file.text()).trim().split(/\s+/);
  if (label !== LABEL || !/^[0-9a-f]{64}$/.test(seed ?? "") || more.length) throw new Error("form");
  return seed;
}

/* The public key of the key in the file. A seed tells it once it is imported as PKCS #8, whose head is always the same (RFC 8410). */
async function publicKeyIn(file) {
  const whole = unhex(`302e020100300506032b657004220420${await seedIn(file)}`);
  const secret = await crypto.subtle.importKey("pkcs8", whole, { name: "Ed25519" }, true, ["sign"]);
  return `k:${hex(unbase64url((await crypto.subtle.exportKey("jwk", secret)).x))}`;
}

/* The signature over the act by the key in the file; an error says "other" where the file holds another key, "form" where it holds none. */
async function sign(file, key, act) {
  const seed = await seedIn(file);
  const jwk = { kty: "OKP", crv: "Ed25519", d: base64url(unhex(seed)), x: base64url(unhex(key.slice(2))) };
  const bytes = new TextEncoder().encode(`gongyue/act@2\n${act}`);
  try {
    const secret = await crypto.subtle.importKey("jwk", jwk, { name: "Ed25519" }, false, ["sign"]);
    const known = await crypto.subtle.importKey("raw", unhex(key.slice(2)), { name: "Ed25519" }, false, ["verify"]);
    const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", secret, bytes));
    if (await crypto.subtle.verify("Ed25519", known, signature, bytes)) return base64url(signature);
  } catch (error) {
    if (error.name === "NotSupportedError") throw error;
  }
  throw new Error("other");
}

/* There is a key now: nothing says any more that there is none, neither beside it nor in the summary of errors. */
function mended(place) {
  place.classList.remove("has-error");
  place.querySelector("p.error")?.remove();
  for (const name of ["aria-invalid", "aria-describedby"]) place.querySelector("input[name=key]").removeAttribute(name);
  const summary = document.getElementById("errors");
  const said = summary?.querySelector(`a[href="#${place.id}"]`)?.closest("li");
  if (!said) return;
  said.remove();
  const left = summary.querySelectorAll("li").length;
  if (left) summary.querySelector("h2").textContent = summary.querySelector("h2").textContent.replace(/\d+/, left);
  else summary.remove();
}

const maker = document.querySelector("[data-make-key]");
if (maker) {
  const place = maker.closest("[data-key-place]");
  const say = place.querySelector("[data-say-key]");
  const fill = async (key, said) => {
    try {
      place.querySelector("input[name=key]").value = await key();
      say.textContent = said;
      mended(place);
    } catch (error) {
      say.textContent = say.dataset[error.message] ?? say.dataset.failed;
    }
  };
  maker.hidden = false;
  maker.addEventListener("click", () => fill(make, say.dataset.made));
  const loader = place.querySelector("[data-load-key]");
  loader.closest("[hidden]").hidden = false;
  loader.addEventListener("change", () => loader.files[0] && fill(() => publicKeyIn(loader.files[0]), say.dataset.loaded));
}

const form = document.querySelector("form[data-sign-file]");
if (form) {
  const say = form.querySelector("[data-say]");
  form.querySelector("[data-go]").disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = form.querySelector("[data-key-file]").files;
    if (!file) return void (say.textContent = say.dataset.none);
    try {
      form.elements.sig.value = await sign(file, form.elements.key.value, form.elements.act.value);
      history.replaceState(null, "", location.href); // whoever comes back is asked for no answers again: what was posted is forgotten
      form.submit();
    } catch (error) {
      say.textContent = say.dataset[error.message] ?? say.dataset.failed;
    }
  });
}

/* Several acts, each with a signature of its own, by that of these keys which is in the file. */
const many = document.querySelector("form[data-sign-files]");
const place = many?.querySelector("[data-file-way]");
if (place) {
  const go = place.querySelector("[data-go]");
  const say = place.querySelector("[data-say]");
  go.disabled = false;
  go.addEventListener("click", async () => {
    const [file] = place.querySelector("[data-key-file]").files;
    if (!file) return void (say.textContent = say.dataset.none);
    const chosen = [...many.querySelectorAll("[data-act]:checked")];
    const signed = [];
    let keys = many.dataset.keys.split(" ");
    go.disabled = true;
    try {
      for (const one of chosen) {
        say.textContent = `${signed.length + 1} / ${chosen.length}`;
        const [id, digest] = one.value.split(" ");
        const [key, sig] = await signedByOne(file, keys, one.dataset.act);
        keys = [key];
        signed.push({ id, digest, key, sig });
      }
      many.elements.signed.value = JSON.stringify(signed);
      many.submit();
    } catch (error) {
      say.textContent = say.dataset[error.message] ?? say.dataset.failed;
      go.disabled = false;
    }
  });
}

async function signedByOne(file, keys, act) {
  for (const key of keys) {
    try {
      return [key, await sign(file, key, act)];
    } catch (error) {
      if (error.message !== "other" || key === keys.at(-1)) throw error;
    }
  }
}

document.querySelector("[data-focus]")?.focus();
