/* Checks a receipt (C2SP tlog-proof), or the signature of a promise, in the reader's browser: nothing is sent anywhere, and nothing here trusts this site.
   A plain script, so that it also runs from a folder (file://). RFC 6962 2.1, RFC 9162 2.1.3, C2SP signed-note. */
(() => {
  "use strict";
  const form = document.getElementById("check");
  const outcome = document.getElementById("outcome");
  const zh = form.dataset.lang !== "en";
  const say = (chinese, english) => (zh ? chinese : english);

  const PROMISE = "gongyue/promise@1";

  class Bad extends Error {}

  const text = new TextEncoder();
  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

  function base64(written) {
    let binary;
    try {
      binary = atob(written);
    } catch {
      throw new Bad(say(`base64 有误：${written.slice(0, 20)}`, `malformed base64: ${written.slice(0, 20)}`));
    }
    if (btoa(binary) !== written) throw new Bad(say("base64 写法不规范", "not the canonical base64"));
    return Uint8Array.from(binary, (c) => c.charCodeAt(0));
  }

  function join(...parts) {
    const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
    let place = 0;
    for (const part of parts) {
      whole.set(part, place);
      place += part.length;
    }
    return whole;
  }

  async function sha256(...parts) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
  }

  const leafHash = (leaf) => sha256(Uint8Array.of(0), leaf); // RFC 6962 2.1
  const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

  /* The parts of a .tlog-proof: an optional `extra` line, the index, the hashes, then the signed checkpoint. */
  function parseProof(written) {
    const end = written.indexOf("\n\n");
    const [header, ...lines] = written.slice(0, Math.max(end, 0)).split("\n");
    if (end < 0 || header !== "c2sp.org/tlog-proof@v1") {
      throw new Bad(say("不是回执（.tlog-proof），也不是承诺书（.promise）。", "Neither a receipt (.tlog-proof) nor a promise (.promise)."));
    }
    const extra = lines[0]?.startsWith("extra ") ? base64(lines.shift().slice(6)) : null;
    const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? "");
    if (!index) throw new Bad(say("回执没有 index 一行", "the receipt has no index line"));
    const hashes = lines.map(base64);
    if (hashes.length > 63 || hashes.some((hash) => hash.length !== 32)) {
      throw new Bad(say("回执中的哈希数目或长度不对", "too many hashes, or one that is not 32 bytes"));
    }
    return { extra, index: Number(index[1]), hashes, note: written.slice(end + 2) };
  }

  /* The text and signature lines of a signed note. */
  function parseNote(note) {
    const end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) throw new Bad(say("检查点没有签名", "the checkpoint is not signed"));
    const signatures = note.slice(end + 2, -1).split("\n").map((line) => {
      const found = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line);
      if (!found) throw new Bad(say("检查点的签名行有误", "malformed signature line"));
      const bytes = base64(found[2]);
      return { name: found[1], id: bytes.slice(0, 4), signature: bytes.slice(4) };
    });
    return { text: note.slice(0, end + 1), signatures };
  }

  function parseCheckpoint(written) {
    const lines = written.split("\n");
    if (lines.length !== 4 || lines[3] || !/^(0|[1-9]\d{0,15})$/.test(lines[1])) {
      throw new Bad(say("检查点格式有误", "malformed checkpoint"));
    }
    return { origin: lines[0], size: Number(lines[1]), root: base64(lines[2]) };
  }

  /* name+id+key; the id must belong to the key. */
  async function parseKey(vkey) {
    const [name, id, ...rest] = vkey.trim().split("+");
    const material = base64(rest.join("+"));
    if (!name || material[0] !== 1 || material.length !== 33) {
      throw new Bad(say("验证密钥不合格式", "not a verifier key"));
    }
    const digest = await sha256(text.encode(`${name}\n`), material);
    if (hex(digest.slice(0, 4)) !== id) throw new Bad(say("验证密钥的编号与密钥不符", "the key's id does not belong to it"));
    return { name, id: digest.slice(0, 4), bytes: material.slice(1) };
  }

  /* The key in a field. One of the book's own that nobody typed gives way to the one that signed the note: of a key that was changed, the earlier. */
  async function keyIn(name, note) {
    const field = document.getElementById(name);
    const known = field.dataset.known.split(" ");
    if (known.includes(field.value.trim())) {
      const signed = (key) => note.signatures.some((line) => key.startsWith(`${line.name}+${hex(line.id)}+`));
      field.value = known.findLast(signed) ?? field.value;
    }
    return parseKey(field.value);
  }

  /* RFC 9162 2.1.3.2: the root that a leaf and its proof amount to. */
  async function rootOf(hash, index, size, proof) {
    if (index >= size) throw new Bad(say("序号超出检查点", "the index is beyond the checkpoint"));
    let [node, last, root] = [index, size - 1, hash];
    for (const sibling of proof) {
      if (last === 0) throw new Bad(say("证明过长", "the proof is too long"));
      if (node % 2 === 1 || node === last) {
        root = await nodeHash(sibling, root);
        while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
      } else {
        root = await nodeHash(root, sibling);
      }
      [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    }
    if (last !== 0) throw new Bad(say("证明过短", "the proof is too short"));
    return root;
  }

  async function signatureHolds(key, written, signature) {
    let known;
    try {
      known = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      throw new Bad(say("这个浏览器还不会验 Ed25519 签名；请用较新的浏览器，或用命令行 gongyue verify --receipt。", "This browser cannot verify Ed25519 yet: use a newer one, or gongyue verify --receipt."));
    }
    return crypto.subtle.verify({ name: "Ed25519" }, known, signature, text.encode(written));
  }

  async function leafOf(proof) {
    const [file] = document.getElementById("leaf").files;
    if (file) return new Uint8Array(await file.arrayBuffer());
    if (proof.extra) return proof.extra;
    throw new Bad(say("这张回执里没有条目原文；请一并选取该条目的原文文件（条目页可下载）。", "This receipt does not contain the entry: choose the entry's file too (its page offers it)."));
  }

  async function check() {
    if (!globalThis.crypto?.subtle) {
      throw new Bad(say("浏览器只在 https、localhost 或本地文件上提供密码运算；请换一个地址，或用命令行。", "Browsers offer cryptography on https, localhost or local files only: use another address, or the command line."));
    }
    const [file] = document.getElementById("receipt").files;
    const pasted = file ? await file.text() : document.getElementById("pasted").value;
    if (!pasted.trim()) throw new Bad(say("请先选取或粘贴回执或承诺书。", "Choose or paste a receipt or a promise first."));
    const written = pasted.replace(/\r\n/g, "\n");
    if (written.startsWith(`${PROMISE}\n`)) return checkPromise(written, file?.name ?? "FILE.promise");
    const proof = parseProof(written);
    const leaf = await leafOf(proof);
    const note = parseNote(proof.note);
    const key = await keyIn("vkey", note);
    const checkpoint = parseCheckpoint(note.text);
    const steps = [];
    const step = (good, chinese, english) => steps.push([good, say(chinese, english)]);
    const root = await rootOf(await leafHash(leaf), proof.index, checkpoint.size, proof.hashes);
    step(same(root, checkpoint.root), `由条目与 ${proof.hashes.length} 个哈希算得的根，与检查点的根`, `the root computed from the entry and ${proof.hashes.length} hashes is the checkpoint's`);
    const lines = note.signatures.filter((line) => line.name === key.name && same(line.id, key.id));
    const held = await Promise.all(lines.map((line) => signatureHolds(key, note.text, line.signature)));
    step(held.length > 0 && held.every(Boolean), "检查点上有这把密钥的签名，且为真", "the checkpoint is signed by this key, and the signature is true");
    step(checkpoint.origin === key.name, `簿册来源 ${checkpoint.origin}`, `the book's origin is ${checkpoint.origin}`);
    return () => tell(steps, proof, checkpoint, leaf);
  }

  /* What the office promised of a sealed act (formats 10.1): origin, commitment, when it came, the slot of the anchor it is in by. */
  async function checkPromise(written, name) {
    const note = parseNote(written);
    const key = await keyIn("sealed-vkey", note);
    const lines = note.text.split("\n");
    const stated = lines.length === 6 && /^sha256:[0-9a-f]{64}$/.test(lines[2]) && lines.slice(3, 5).every((line) => /^(0|[1-9]\d{0,15})$/.test(line));
    if (!stated) throw new Bad(say("承诺书格式有误", "malformed promise"));
    const signed = note.signatures.filter((line) => line.name === key.name && same(line.id, key.id));
    const held = await Promise.all(signed.map((line) => signatureHolds(key, note.text, line.signature)));
    const steps = [
      [held.length > 0 && held.every(Boolean), say("承诺书上有密封簿这把密钥的签名，且为真", "the promise is signed by this key of the sealed book, and the signature is true")],
      [lines[1] === key.name, say(`簿册来源 ${lines[1]}`, `the book's origin is ${lines[1]}`)],
    ];
    const due = (Math.floor(Number(lines[3]) / Number(form.dataset.slot)) + 1) * Number(form.dataset.slot);
    return () => tellPromise(steps, lines[2].slice(7, 23), Number(lines[3]), due, name);
  }

  const beijing = (seconds) => new Date(seconds * 1000).toLocaleString(zh ? "zh-CN" : "en-GB", { timeZone: "Asia/Shanghai", dateStyle: "long", timeStyle: "short" });

  function tellPromise(steps, called, time, due, name) {
    verdict(
      steps,
      say(
        `承诺书属实：办公室于 ${beijing(time)}（北京时间）收到代号为 ${called} 的密封行为，它须在 ${beijing(due)} 起的第一次锚定载入密封簿。`,
        `The promise is true: the office received the sealed act ${called} on ${beijing(time)} (Beijing), and it has to be in the sealed book by the first anchor from ${beijing(due)} on.`,
      ),
      say("不符：这份承诺书不是这把密钥签的，或者被改过。", "It does not hold: this key did not sign the promise, or it was altered."),
    );
    if (!steps.every(([holds]) => holds)) return;
    outcome.append(element("p", say("是否已如期载入，要对照整本簿册，用命令行核对：", "Whether it was kept is checked against the whole book, on the command line:")));
    const command = `gongyue verify ${form.dataset.book} \\\n  --vkey ${document.getElementById("vkey").value.trim()} \\\n  --receipt ${/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`}`;
    const shown = element("pre", "");
    shown.tabIndex = 0;
    shown.append(element("code", command));
    outcome.append(shown);
  }

  function element(name, words, kind) {
    const made = document.createElement(name);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }

  /* The verdict, true or not, with what it rests on. */
  function verdict(steps, holding, failing) {
    const good = steps.every(([holds]) => holds);
    const list = element("ul", "", "checks");
    for (const [holds, words] of steps) list.append(element("li", words, holds ? "good" : "bad"));
    outcome.append(element("p", good ? holding : failing, `verdict ${good ? "good" : "bad"}`), list);
  }

  function tell(steps, proof, checkpoint, leaf) {
    verdict(
      steps,
      say(`属实：公开簿前 ${checkpoint.size} 条的第 ${proof.index} 条就是它。`, `True: it is entry ${proof.index} of the first ${checkpoint.size} of the open book.`),
      say("不符：回执、条目或密钥中有一样不是真的。", "It does not hold: the receipt, the entry or the key is not what it claims to be."),
    );
    try {
      const { act } = JSON.parse(new TextDecoder().decode(leaf));
      const told = element("p", say(`条目所载：行为人 ${act.actor}，类型 ${act.type}，依据 ${act.basis}。`, `The entry says: by ${act.actor}, of type ${act.type}, resting on ${act.basis}.`), "sm");
      outcome.append(told);
    } catch {
      outcome.append(element("p", say("条目不是 JSON。", "The entry is not JSON."), "sm"));
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    outcome.replaceChildren();
    try {
      (await check())();
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      outcome.append(element("p", error.message, "verdict bad"));
    }
    outcome.focus();
  });
})();
