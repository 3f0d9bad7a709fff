/* Counts a closed vote again in the reader's browser, from its disclosure object (articles 22, 24), and checks every
   ballot's signature and commitment against the published books (signatures.js).
   A plain script, so that it also runs from a folder (file://), where the object is chosen as a file. */
(() => {
  "use strict";
  const given = document.getElementById("recount");
  const told = document.getElementById("counted");
  const button = document.getElementById("count");
  const zh = given.dataset.lang !== "en";
  const say = (chinese, english) => (zh ? chinese : english);
  const units = (words) => new Set(words.split(" ").filter(Boolean));

  async function digestOf(bytes) {
    if (!globalThis.crypto?.subtle) return null;
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return `sha256:${[...hash].map((b) => b.toString(16).padStart(2, "0")).join("")}`;
  }

  /* What cannot be read is told in the reader's language, not in the browser's. */
  function legible(reading, chinese, english) {
    try {
      return reading();
    } catch {
      throw new Error(say(chinese, english));
    }
  }

  /* The lines of the disclosure; what is signed is a slice of a line, so a line must be written as it is read. */
  function opened(bytes) {
    const lines = legible(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes), "不是 UTF-8 文本", "no UTF-8 text").split("\n").filter(Boolean);
    return lines.map((line, n) => {
      const one = legible(() => JSON.parse(line), `第 ${n + 1} 行不是 JSON`, `line ${n + 1} is no JSON`);
      if (!one?.entry?.act?.body) throw new Error(say(`第 ${n + 1} 行没有启封什么`, `line ${n + 1} opens nothing`));
      if (JSON.stringify(one) !== line) throw new Error(say(`第 ${n + 1} 行不是规范写法`, `line ${n + 1} is not canonical`));
      return one;
    });
  }

  const isNotice = (act) => act.type === "vote.notify/1" || act.type === "vote.receive/1"; // that a unit was told of its paper
  const isAfter = (one, other) => {
    const n = one.findIndex((part, i) => part !== other[i]);
    return n >= 0 && one[n] > other[n];
  };

  /* The choice each unit stands by: the last it signed, else the last paper to arrive, of which none counts once it has
     disavowed one. The place in the sealed book decides nothing. */
  function standing(lines, vote, roll, isVoid, moved) {
    const [signed, paper, disavowed] = [new Map(), new Map(), new Set()];
    let ballots = 0;
    let last = -1;
    for (const { index, entry } of lines) {
      const { act, rx, sigs } = entry;
      if (index <= last || act.body.vote !== vote || !(roll.has(act.actor) || isNotice(act))) throw new Error(say(`密封簿第 ${index} 条不属于它`, `sealed #${index} is none of it`));
      last = index;
      if (isNotice(act) || isVoid.has(String(index))) continue; // void: of a false time, or its unit was not told in time
      if (act.type !== "vote.ballot/1") {
        disavowed.add(act.actor);
        continue;
      }
      ballots += 1;
      const recorded = act.paper && sigs.length > 1; // by two officers; a unit may keep a paper of what it signs itself
      const time = moved.get(String(index)) ?? rx.t; // of a false time: when it counts as having arrived
      const order = recorded ? [act.paper.arrived, time, act.nonce] : [time, act.seq];
      const chosen = recorded ? paper : signed;
      const before = chosen.get(act.actor);
      if (!before || !isAfter(before.order, order)) chosen.set(act.actor, { choice: act.body.choice, order });
    }
    const choices = new Map([...[...paper].filter(([unit]) => !disavowed.has(unit)), ...signed]);
    return { choices, ballots };
  }

  /* Every line's commitment and signatures; `known` is null where the books cannot be read. */
  async function checked(lines, known) {
    const found = { true: 0, paper: 0, unchecked: 0, false: [], why: new Set(), unopened: [] };
    for (const line of lines) {
      const { index, entry } = line;
      const { state, why } = await Signatures.ballot(entry, known, index);
      if (state === "false") found.false.push([index, entry.act.actor, say(...why)]);
      else if (!isNotice(entry.act)) found[state] += 1;
      if (state === "unchecked") found.why.add(say(...why));
      const leaf = known?.sealed.entries[index];
      if (known && !(leaf && Signatures.same(leaf, await Signatures.sealedLeaf(line)))) found.unopened.push([index, entry.act.actor]);
    }
    return found;
  }

  async function books(vote) {
    if (location.protocol === "file:" || !globalThis.crypto?.subtle) return null;
    return Signatures.read(new URL(given.dataset.url.replace(/objects\/.*$/, ""), location.href).href, vote);
  }

  /* Integers only: 3×26 ≥ 2×37. A share written >1/2 excludes the number itself. */
  function reaches(share, part, whole) {
    const [over, under] = share.replace(">", "").split("/").map(Number);
    const [left, right] = [under * part, over * whole];
    const sign = share.startsWith(">") ? [">", "≤"] : ["≥", "<"];
    const holds = whole > 0 && (share.startsWith(">") ? left > right : left >= right);
    return { holds, arithmetic: whole ? `${under}×${part}=${left}${sign[holds ? 0 : 1]}${over}×${whole}=${right}` : `${part}/0` };
  }

  async function count(bytes) {
    const { object, vote, share, base, quorum, stated } = given.dataset;
    const roll = units(given.dataset.roll);
    const gone = units(given.dataset.gone);
    const digest = await digestOf(bytes);
    const lines = opened(bytes);
    const moved = new Map([...units(given.dataset.moved)].map((one) => one.split("=")).map(([index, time]) => [index, Number(time)]));
    const { choices, ballots } = standing(lines, vote, roll, units(given.dataset.void), moved);
    const of = (choice) => [...choices].filter(([, one]) => one.choice === choice);
    const here = of("consent").filter(([unit]) => !gone.has(unit)).length;
    const votedHere = [...choices].filter(([unit]) => !gone.has(unit)).length;
    const left = roll.size - gone.size;
    const counted = [of("consent").length, of("against").length, of("abstain").length, here, votedHere, left];
    const ofVoters = base === "voting" || base === "present";
    const tests = [reaches(share, counted[0], ofVoters ? choices.size : roll.size), reaches(share, here, ofVoters ? votedHere : left)];
    if (quorum) tests.unshift(reaches(quorum, choices.size, roll.size), reaches(quorum, votedHere, left));
    const known = await books(vote);
    const signatures = globalThis.crypto?.subtle ? await checked(lines, known) : null;
    return { digest, sound: digest === null || digest === object, lines: lines.length, ballots, counted, stated, tests, known, signatures };
  }

  function element(name, words, kind) {
    const made = document.createElement(name);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }

  const listed = (rows) => rows.slice(0, 10).map((row) => `#${row.join(" ")}`).join(say("；", "; ")) + (rows.length > 10 ? "…" : "");

  /* What was read of the books: (whether it holds, words) each. */
  function* ofBooks({ known, signatures, digest, stated }) {
    if (!known) return;
    const { open, sealed, closed } = known;
    yield [open.sound && sealed.sound, say(`读了公开簿 ${open.size} 条、密封簿 ${sealed.size} 条，由它们算得的根${open.sound && sealed.sound ? "就是" : "不是"}检查点所载的根`, `read ${open.size} entries of the open and ${sealed.size} of the sealed book: the roots computed from them are ${open.sound && sealed.sound ? "" : "not "}the checkpoints'`)];
    const same = closed?.ballots === digest && ["consents", "against", "abstain", "consents_left", "voted_left", "roll_left"].map((name) => closed[name]).join(" ") === stated;
    yield [same, same ? say("公开簿的结束条目载有这个摘要和这些数", "the open book's closing entry states this digest and these numbers") : say("与公开簿的结束条目不符", "not what the open book's closing entry states")];
    const { unopened } = signatures;
    yield [!unopened.length, unopened.length ? say(`打不开密封簿中的承诺：${listed(unopened)}`, `does not open its commitment in the sealed book: ${listed(unopened)}`) : say("每一行都打开密封簿中的一条承诺", "every line opens its commitment in the sealed book")];
  }

  /* n signatures checked, m ballots from paper, k could not be checked and why. */
  function* ofSignatures({ signatures: found }) {
    if (!found) {
      yield [false, say("此处不能验签（须 https、localhost 或本地文件）", "no signature can be checked here (needs https, localhost or a local file)")];
      return;
    }
    yield [!found.false.length, say(`已验 ${found.true} 张选票的签名属实；${found.paper} 张凭纸面（没有单位的签名，由两名职员签名记录）`, `the signatures of ${found.true} ballots checked and true; ${found.paper} from paper (no signature of the unit; two officers signed)`)];
    if (found.unchecked) yield [false, say(`${found.unchecked} 张未能核对：${[...found.why].join("；")}`, `${found.unchecked} could not be checked: ${[...found.why].join("; ")}`)];
    if (found.false.length) yield [false, say(`${found.false.length} 张选票的签名不实，密封簿 ${listed(found.false)}`, `not truly signed, of the sealed book (${found.false.length}): ${listed(found.false)}`)];
  }

  function tell(found) {
    const agrees = found.counted.join(" ") === found.stated;
    const [consents, against, abstain, here, votedHere, left] = found.counted;
    const ofTheBooks = [...ofBooks(found)];
    const good = agrees && found.sound && !found.signatures?.false.length && ofTheBooks.every(([holds]) => holds);
    told.append(element("p", good ? say("与公布的结果一致", "Agrees with what was stated") : say("与公布的结果不一致", "Does not agree with what was stated"), `verdict ${good ? "good" : "bad"}`));
    const list = element("ul", "", "checks");
    list.append(
      element("li", found.digest === null ? say("此处不能计算摘要（须 https、localhost 或本地文件）", "no digest could be computed here (needs https, localhost or a local file)") : say(`摘要 ${found.digest}`, `digest ${found.digest}`), found.sound ? "good" : "bad"),
      element("li", say(`读了 ${found.lines} 行，其中选票 ${found.ballots} 张`, `read ${found.lines} lines, ${found.ballots} of them ballots`), "good"),
      element("li", say(`同意 ${consents}，不同意 ${against}，弃权 ${abstain}；仍在册 ${left} 家中投票 ${votedHere}、同意 ${here}`, `${consents} consent, ${against} against, ${abstain} abstain; of the ${left} still here ${votedHere} voted, ${here} consent`), agrees ? "good" : "bad"),
    );
    for (const test of found.tests) list.append(element("li", test.arithmetic, test.holds ? "good" : "bad"));
    for (const [holds, words] of [...ofSignatures(found), ...ofTheBooks]) list.append(element("li", words, holds ? "good" : "bad"));
    told.append(list);
    told.append(element("p", say("名册、检查点上的签名与职员当时的职务不在此核对：用 gongyue verify。", "Not checked here: the roll, the checkpoint's own signature, and which offices the officers held: gongyue verify does."), "sm soft"));
  }

  async function run(read) {
    told.replaceChildren();
    try {
      tell(await count(await read()));
    } catch (error) {
      told.append(element("p", say(`读不出或不是这次表决的启封内容：${error.message}`, `Cannot be read, or not this vote's disclosure: ${error.message}`), "verdict bad"));
    }
  }

  button.hidden = location.protocol === "file:"; // there a page may read no other file: choose it
  button.addEventListener("click", () => run(async () => (await fetch(given.dataset.url, { cache: "no-store" })).arrayBuffer()));
  document.getElementById("lines").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) run(() => file.arrayBuffer());
  });
})();
