/* Counts a closed vote again in the reader's browser, from its disclosure object alone (articles 22, 24).
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

  /* The choice each unit stands by: its last ballot; a disavowal undoes one recorded from paper. */
  function standing(lines, vote, roll) {
    const choices = new Map();
    let ballots = 0;
    let last = -1;
    for (const line of lines) {
      const { index, entry } = JSON.parse(line);
      const { act } = entry;
      if (index <= last || act.body.vote !== vote || !roll.has(act.actor)) throw new Error(`sealed #${index}`);
      last = index;
      if (act.type === "vote.ballot/1") {
        choices.set(act.actor, { choice: act.body.choice, paper: Boolean(act.paper) });
        ballots += 1;
      } else if (choices.get(act.actor)?.paper) {
        choices.delete(act.actor);
      }
    }
    return { choices, ballots };
  }

  /* Integers only: 3×26 ≥ 2×37. A share written >1/2 excludes the number itself. */
  function reaches(share, part, whole) {
    const [over, under] = share.replace(">", "").split("/").map(Number);
    const [left, right] = [under * part, over * whole];
    const sign = share.startsWith(">") ? [">", "≤"] : ["≥", "<"];
    const holds = whole > 0 && (share.startsWith(">") ? left > right : left >= right);
    return { holds, arithmetic: `${under}×${part}=${left}${sign[holds ? 0 : 1]}${over}×${whole}=${right}` };
  }

  async function count(bytes) {
    const { object, vote, share, stated } = given.dataset;
    const roll = units(given.dataset.roll);
    const gone = units(given.dataset.gone);
    const digest = await digestOf(bytes);
    const lines = new TextDecoder().decode(bytes).split("\n").filter(Boolean);
    const { choices, ballots } = standing(lines, vote, roll);
    const of = (choice) => [...choices].filter(([, one]) => one.choice === choice);
    const here = of("consent").filter(([unit]) => !gone.has(unit)).length;
    const counted = [of("consent").length, of("against").length, of("abstain").length, here, roll.size - gone.size];
    const tests = [reaches(share, counted[0], roll.size), reaches(share, here, roll.size - gone.size)];
    return { digest, sound: digest === null || digest === object, lines: lines.length, ballots, counted, stated, tests };
  }

  function element(name, words, kind) {
    const made = document.createElement(name);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }

  function tell(found) {
    const agrees = found.counted.join(" ") === found.stated;
    const [consents, against, abstain, here, left] = found.counted;
    told.append(
      element("p", agrees && found.sound ? say("与公布的结果一致", "Agrees with what was stated") : say("与公布的结果不一致", "Does not agree with what was stated"), `verdict ${agrees && found.sound ? "good" : "bad"}`),
    );
    const list = element("ul", "", "checks");
    list.append(
      element("li", found.digest === null ? say("此处不能计算摘要（须 https、localhost 或本地文件）", "no digest could be computed here (needs https, localhost or a local file)") : say(`摘要 ${found.digest}`, `digest ${found.digest}`), found.sound ? "good" : "bad"),
      element("li", say(`读了 ${found.lines} 行，其中选票 ${found.ballots} 张`, `read ${found.lines} lines, ${found.ballots} of them ballots`), "good"),
      element("li", say(`同意 ${consents}，不同意 ${against}，弃权 ${abstain}；仍在册 ${left} 家中同意 ${here}`, `${consents} consent, ${against} against, ${abstain} abstain; ${here} consents of the ${left} still here`), agrees ? "good" : "bad"),
    );
    for (const test of found.tests) list.append(element("li", test.arithmetic, test.holds ? "good" : "bad"));
    told.append(list);
    told.append(element("p", say("浏览器里没有逐张验签；验签见上文与 gongyue verify。", "Ballots' signatures are not checked in the browser: see above, and gongyue verify."), "sm soft"));
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
