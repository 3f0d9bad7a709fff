/* Checks the signatures of opened ballots with keys read from the published open book, entry by entry (formats 1, 2).
   A plain script that leaves `Signatures` behind for the page's own; nothing it reads says whether a signature holds. */
globalThis.Signatures = (() => {
  "use strict";
  const text = new TextEncoder();
  const DAY = 86400;
  const NEVER = 253370764800; // when paper takes effect on a key whose holder was not told of it

  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (two) => parseInt(two, 16));
  const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
  const base64 = (written) => Uint8Array.from(atob(written), (c) => c.charCodeAt(0));
  const base64url = (written) => base64(written.replaceAll("-", "+").replaceAll("_", "/"));

  function join(...parts) {
    const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
    let place = 0;
    for (const part of parts) {
      whole.set(part, place);
      place += part.length;
    }
    return whole;
  }

  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

  // -- the published books: C2SP tlog-tiles, RFC 6962 2.1

  async function fetched(address) {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  function bundlePath(number, width) {
    const groups = [String(number % 1000).padStart(3, "0")];
    for (let rest = Math.floor(number / 1000); rest; rest = Math.floor(rest / 1000)) groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
    return `tile/entries/${groups.join("/")}${width < 256 ? `.p/${width}` : ""}`;
  }

  function* entriesIn(bundle) {
    for (let place = 0; place < bundle.length; ) {
      const end = place + 2 + bundle[place] * 256 + bundle[place + 1];
      yield bundle.subarray(place + 2, end);
      place = end;
    }
  }

  /* The size and root a checkpoint states, and every entry below them; `root` says whether the entries amount to it. */
  async function book(base) {
    const [, size, root] = new TextDecoder().decode(await fetched(`${base}checkpoint`)).split("\n");
    const entries = [];
    for (let at = 0; at < Number(size); at += 256) {
      entries.push(...entriesIn(await fetched(base + bundlePath(at / 256, Math.min(256, size - at)))));
    }
    const hashes = await Promise.all(entries.map((entry) => sha256(Uint8Array.of(0), entry)));
    const sound = entries.length === Number(size) && entries.length > 0 && same(await rootOf(hashes), base64(root));
    return { size: Number(size), root: hex(base64(root)), sound, entries };
  }

  async function rootOf(hashes) {
    if (hashes.length === 1) return hashes[0];
    let split = 1;
    while (split * 2 < hashes.length) split *= 2;
    return sha256(Uint8Array.of(1), await rootOf(hashes.slice(0, split)), await rootOf(hashes.slice(split)));
  }

  // -- returns from a false time: what a unit or the authority did in it itself counts at its own time or at the return, the rest is void

  const own = (act) => (act.actor.startsWith("u:") || act.actor === "authority") && !act.paper;
  const countsAt = ({ back, time }, at) => (back <= at && at <= time ? at : time);

  /* Gives every entry the time at which it counts, and says which are void; returns the recoveries. */
  function settled(acts) {
    const recoveries = [];
    acts.forEach((entry, index) => {
      entry.time = entry.rx.t;
      if (entry.act.type !== "clock.recover/1") return;
      const { first, sealed } = entry.act.body;
      const recovery = { first, index, sealed, back: acts[first - 1].time, time: entry.rx.t };
      for (let [n, last] = [first, recovery.back]; n < index; n += 1) {
        if (own(acts[n].act)) last = acts[n].time = Math.max(last, countsAt(recovery, acts[n].act.at));
        else acts[n].void = true;
      }
      recoveries.push(recovery);
    });
    return recoveries;
  }

  const falseTime = (recoveries, index, t) => recoveries.find((one) => index < one.sealed && t > one.time);

  // -- whose keys, from when, until when: what the acts of the open book say

  async function keysOf(acts, base, recoveries) {
    const keys = new Map();
    /* `ending`: the paper that will end a key, [entry, second]; whoever may disavow it has the rest of the delay again after a recovery. */
    const put = (key, holder, alg, from) => keys.set(key, { holder, alg, from, to: Infinity, ending: [], closed: false });
    const held = (holder) => [...keys.values()].some((key) => key.holder === holder);
    const hasHad = (holder) => [...keys.values()].some((key) => key.holder === holder && !key.disowned);
    const ends = (key, ending) => {
      if (!key.closed) Object.assign(key, { ending, to: Math.min(...ending.map(([, second]) => second)) });
    };
    const runsAgain = ({ back, time }) => {
      const later = (second) => (back < second && second <= time ? second + time - back : second);
      for (const key of keys.values()) {
        key.from = later(key.from);
        ends(key, key.ending.map(([index, second]) => [index, later(second)]));
      }
    };
    const close = (id, to) => keys.has(id) && Object.assign(keys.get(id), { closed: true, to });
    /* The holder was told of the paper at `index`: only now do a key it ends and a key it brings have a day. */
    const heard = new Set();
    const told = (index, time) => {
      if (heard.has(index)) return;
      heard.add(index);
      for (const key of keys.values()) {
        if (key.by === index) key.from = time + delay;
        ends(key, key.ending.map(([by, second]) => [by, by === index ? time + delay : second]));
      }
    };
    const named = async (digest) => {
      const bytes = await fetched(`${base}objects/sha256/${digest.slice(7)}`);
      return `sha256:${hex(await sha256(bytes))}` === digest ? JSON.parse(new TextDecoder().decode(bytes)) : null;
    };
    let [origins, delay] = [[], 0];
    const undone = (index, time) => {
      const { act } = acts[index];
      if (!["key.recover/1", "key.register/1", "key.revoke/1"].includes(act.type)) return;
      for (const key of keys.values()) ends(key, key.ending.filter(([by]) => by !== index));
      const gone = (id, key) => (act.type === "key.register/1" ? key.holder === act.body.holder : act.type === "key.recover/1" && id === act.body.key);
      for (const [id, key] of keys) {
        if (!gone(id, key)) continue;
        key.disowned = true;
        if (!key.closed) close(id, key.from <= time ? time + 1 : 0);
      }
    };
    for (const [index, { act, time, sigs, void: isVoid }] of acts.entries()) {
      const begins = recoveries.find((one) => one.first === index);
      if (begins) runsAgain(begins);
      if (isVoid) continue;
      const { body, actor } = act;
      switch (act.type) {
        case "book.genesis/1":
          for (const officer of body.officers) put(officer.key, officer.id, "ed25519", 0);
          put(body.system_key, "sys", "ed25519", 0);
          [origins, delay] = [body.origins, body.recovery_days * DAY];
          break;
        case "key.register/1":
          put(body.key, body.holder, body.alg, body.holder.startsWith("u:") && !held(body.holder) ? time : time + delay);
          break;
        case "key.rotate/1":
          close(sigs.find((sig) => keys.get(sig.key)?.holder === actor)?.key, time + 1); // that second still counts
          put(body.key, actor, body.alg, time);
          break;
        case "key.add/1":
          put(body.key, actor, body.alg, time);
          break;
        case "key.revoke/1":
          if (act.paper) ends(keys.get(body.key), [...keys.get(body.key).ending, [index, NEVER]]);
          else close(body.key, time + 1);
          break;
        case "key.retire/1":
          close(body.key, time + 1);
          break;
        case "key.recover/1":
          for (const key of keys.values()) if (key.holder === actor) ends(key, [...key.ending, [index, NEVER]]);
          put(body.key, actor, body.alg, NEVER);
          keys.get(body.key).by = index;
          break;
        case "key.notify/1":
        case "key.receive/1":
          told(body.entry, time);
          break;
        case "key.disavow/1":
          undone(body.entry, time);
          break;
        case "membership.grant/1": {
          const applied = (await named(body.application))?.entry.act;
          if (!applied) break; // another file: it registers nothing
          // a first key waits until two officers compared it: one of the unit's that was disavowed was never its own
          if (!keys.has(applied.body.key)) put(applied.body.key, applied.actor, applied.body.alg, hasHad(applied.actor) ? time : NEVER);
          break;
        }
        case "membership.compare/1":
          keys.get(body.key).from = [...keys.values()].filter((key) => key.holder === body.unit).length === 1 ? time : time + delay;
          break;
      }
    }
    return { keys, origins };
  }

  // -- signatures

  class Unsupported extends Error {}

  async function ed25519Holds(key, signed, signature) {
    let known;
    try {
      known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    } catch (error) {
      if (error.name === "NotSupportedError") throw new Unsupported("Ed25519");
      return false;
    }
    return crypto.subtle.verify({ name: "Ed25519" }, known, signature, signed);
  }

  const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n; // SEC 2, secp256r1
  const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  const number = (bytes) => BigInt(`0x${hex(bytes) || "0"}`);
  const bytesOf = (value) => unhex(value.toString(16).padStart(64, "0"));

  function power(base, exponent) {
    let [result, square] = [1n, base % P];
    for (let rest = exponent; rest; rest >>= 1n) {
      if (rest & 1n) result = (result * square) % P;
      square = (square * square) % P;
    }
    return result;
  }

  /* SEC 1 2.3.4: not every browser reads a compressed point. */
  function uncompressed(key) {
    const x = number(key.subarray(1));
    const square = (((x * x * x - 3n * x + B) % P) + P) % P;
    const y = power(square, (P + 1n) / 4n);
    if (x >= P || (y * y) % P !== square) return null;
    return join(Uint8Array.of(4), bytesOf(x), bytesOf(Number(y & 1n) === (key[0] & 1) ? y : P - y));
  }

  /* SEQUENCE { r INTEGER, s INTEGER } as the two numbers of 32 bytes that WebCrypto takes. */
  function plain(der) {
    const parts = [];
    if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
    for (let place = 2; place < der.length; place += 2 + der[place + 1]) {
      if (der[place] !== 2) return null;
      parts.push(number(der.subarray(place + 2, place + 2 + der[place + 1])));
    }
    return parts.length === 2 && parts.every((n) => n < 2n ** 256n) ? join(...parts.map(bytesOf)) : null;
  }

  /* WebAuthn Level 3, 7.2; `origins` null: the open book could not be read, and any is taken. */
  async function passkeyHolds(key, signed, sig, origins) {
    const [authenticator, client, signature] = [sig.ad, sig.cd, sig.sig].map((part) => base64url(part ?? ""));
    const said = JSON.parse(new TextDecoder().decode(client));
    if (said.type !== "webauthn.get" || !same(base64url(said.challenge), await sha256(signed))) return false;
    if (origins !== null && !origins.includes(said.origin)) return false;
    const host = new URL(said.origin).hostname.split(".");
    const parties = await Promise.all(host.map((_, n) => sha256(text.encode(host.slice(n).join(".")))));
    if (!parties.some((party) => same(party, authenticator.subarray(0, 32)))) return false;
    if (authenticator.length < 37 || (authenticator[32] & 5) !== 5) return false;
    const [point, numbers] = [uncompressed(key), plain(signature)];
    if (!point || !numbers) return false;
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const known = await crypto.subtle.importKey("raw", point, curve, false, ["verify"]);
    return crypto.subtle.verify({ ...curve, hash: "SHA-256" }, known, numbers, join(authenticator, await sha256(client)));
  }

  /* Whether a signature holds; the algorithm is the registered key's, never the signature's. */
  async function holds(sig, alg, signed, origins) {
    const key = unhex(sig.key.slice(2));
    try {
      if (alg === "ed25519") return await ed25519Holds(key, signed, base64url(sig.sig));
      return await passkeyHolds(key, signed, sig, origins);
    } catch (error) {
      if (error instanceof Unsupported) throw error;
      return false;
    }
  }

  /* What became of one opened ballot: state true | paper | unchecked | false, and (Chinese, English) why. */
  async function ballot({ act, rx, sigs }, known, index) {
    const recovery = known && falseTime(known.recoveries, index, rx.t);
    const [begins, ends] = recovery ? [recovery.back, recovery.time] : [rx.t, rx.t];
    const isVoid = { state: "paper" }; // it does not count, and needs no key
    if (recovery && (!own(act) || known.opened >= recovery.first)) return isVoid;
    const signed = join(text.encode("gongyue/act@2\n"), text.encode(JSON.stringify(act)));
    const holders = new Set();
    for (const sig of sigs) {
      const key = known?.keys.get(sig.key);
      const alg = key?.alg ?? (sig.key.length === 66 ? "ed25519" : "webauthn");
      const valid = key && key.from <= ends && begins < key.to;
      if (recovery && !valid) return isVoid;
      if (known && !key) return { state: "false", why: ["公开簿没有登记这把密钥", "the open book registers no such key"] };
      if (key && !valid) return { state: "false", why: ["密钥当时不在有效期内", "the key was not valid then"] };
      try {
        if (!(await holds(sig, alg, signed, known ? known.origins : null))) return { state: "false", why: ["签名不符", "the signature does not hold"] };
      } catch (error) {
        return { state: "unchecked", why: [`这个浏览器还不会验 ${error.message} 签名`, `this browser cannot verify ${error.message} yet`] };
      }
      holders.add(key?.holder);
    }
    if (!sigs.length) return { state: "false", why: ["没有签名", "it is not signed"] };
    if (!known) return { state: act.paper ? "paper" : "unchecked", why: ["读不到公开簿：签名与所附公钥相符，但不知公钥是不是该单位的", "the open book could not be read: the signature fits its key, but whose key that is is not known"] };
    if (act.actor === "exec" || (act.paper && !holders.has(act.actor))) {
      const officers = [...holders].every((holder) => holder.startsWith("o:")) && holders.size >= 2;
      return officers ? { state: "paper" } : { state: "false", why: ["凭纸面记录，却没有两名职员的签名", "recorded from paper, but not signed by two officers"] };
    }
    return holders.has(act.actor) ? { state: "true" } : { state: "false", why: ["不是该单位的密钥", "not a key of that unit"] };
  }

  /* formats 2: the leaf of the sealed book that an opening must amount to. */
  async function sealedLeaf({ salt, entry }) {
    const commitment = hex(await sha256(text.encode("gongyue/commit@1\n"), base64(salt), text.encode(JSON.stringify(entry))));
    return text.encode(`{"c":"sha256:${commitment}","v":"gongyue/sealed@1"}`);
  }

  /* Both books below `base`, the keys the open one registers, and what it says the vote was opened by and closed with. */
  async function read(base, vote) {
    const [open, sealed] = [await book(base), await book(`${base}sealed/`)];
    const acts = open.entries.map((entry) => JSON.parse(new TextDecoder().decode(entry)));
    const recoveries = settled(acts);
    const opened = acts.findIndex((entry) => !entry.void && entry.act.type === "vote.open/1" && entry.act.body.matter === vote);
    const closed = acts.find((entry) => !entry.void && entry.act.type === "vote.close/1" && entry.act.body.matter === vote)?.act.body;
    return { open, sealed, opened, closed, recoveries, ...(await keysOf(acts, base, recoveries)) };
  }

  return { read, ballot, sealedLeaf, same };
})();
