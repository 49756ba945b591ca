// Hears the gestures, has the page read, gives it to Veille's host, and says what came of it.

const api = globalThis.browser ?? globalThis.chrome;
const HOST = "org.veille.capture";
const COLOURS = { "…": "#5b6472", "✓": "#1a7f37", "!": "#b42318" };
const MENUS = {
  page: { title: "clipPage", contexts: ["page", "frame"] },
  selection: { title: "clipSelection", contexts: ["selection"] },
  quote: { title: "keepQuote", contexts: ["selection"] },
};

api.runtime.onInstalled.addListener(makeMenus);
api.runtime.onStartup.addListener(makeMenus);
api.action.onClicked.addListener((tab) => clip(tab, "page"));
api.commands.onCommand.addListener((name, tab) => clip(tab, name));
api.contextMenus.onClicked.addListener((info, tab) => clip(tab, info.menuItemId, info.selectionText));

async function makeMenus() {
  await api.contextMenus.removeAll();
  for (const [id, { title, contexts }] of Object.entries(MENUS)) {
    api.contextMenus.create({ id, title: say(title), contexts });
  }
}

async function clip(tab, gesture, words = "") {
  // Menus also open where there is no tab: in side bars, in the windows of other extensions.
  if (!tab) return;
  await badge(tab.id, "…", say("sending"));
  try {
    const message = await readPage(tab, gesture, words);
    const answer = await hand(message);
    if (!answer?.ok) throw new Problem(answer?.error);
    await tell(tab.id, "✓", success(message));
  } catch (problem) {
    await tell(tab.id, "!", say(problem.code) || say("Unknown"));
    if (!problem.code) throw problem;
  }
}

// A refusal that has a sentence of its own in _locales.
class Problem extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

async function readPage(tab, gesture, words) {
  const page = await serialised(tab);
  if (!page.url) throw new Problem("PageClosed");
  if (!/^https?:/.test(page.url)) throw new Problem("NotWeb");
  if (page.isTooLarge) throw new Problem("TooLarge");
  // A selection inside a frame or a form field is known to the browser alone, as bare words.
  if (!page.selection && words) page.selection = { html: "", text: words };
  if (gesture !== "page" && !page.selection) throw new Problem("NothingSelected");
  const { isTooLarge, ...rest } = page;
  return { v: 1, gesture, ...rest, captured_at: new Date().toISOString(), referrer: "" };
}

// Some pages let no extension in (PDF viewers, shops of extensions): of those the address is kept,
// and Veille fetches them by itself. One that is being replaced by its own site refuses for a moment.
async function serialised(tab) {
  const address = { url: tab.url ?? "", title: tab.title ?? "", lang: "", html: "" };
  return (await read(tab)) ?? (await pause(250), await read(tab)) ?? address;
}

async function read(tab) {
  try {
    const [done] = await api.scripting.executeScript({ target: { tabId: tab.id }, files: ["page.js"] });
    return done?.result;
  } catch {
    return null;
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function hand(message) {
  try {
    return await api.runtime.sendNativeMessage(HOST, message);
  } catch (refusal) {
    const unknown = /not found|no such native|forbidden/i.test(refusal.message);
    throw new Problem(unknown ? "NoHost" : "HostStopped");
  }
}

function success({ gesture, html, selection }) {
  if (gesture === "page") return say(html ? "pageKept" : "addressKept");
  const count = (selection.text.match(/[\p{L}\p{N}]+/gu) ?? []).length;
  return say(`${gesture}Kept${count > 1 ? "" : "One"}`, String(count));
}

// The button may be hidden behind the browser's menu of extensions: the page says it too.
async function tell(tabId, mark, sentence) {
  await badge(tabId, mark, sentence);
  const target = { tabId };
  try {
    await api.scripting.executeScript({ target, func: showNotice, args: [sentence, mark === "!"] });
  } catch {
    // The page lets nobody in: the button has said it.
  }
}

async function badge(tabId, text, title) {
  try {
    await api.action.setBadgeBackgroundColor({ tabId, color: COLOURS[text] });
    await api.action.setBadgeTextColor({ tabId, color: "#ffffff" });
    await api.action.setTitle({ tabId, title });
    await api.action.setBadgeText({ tabId, text });
  } catch {
    // The tab was closed meanwhile: nobody is left to be told.
  }
}

// Runs in the page, in a closed shadow root, where its styles do not reach.
function showNotice(sentence, isProblem) {
  const TAG = "veille-notice";
  document.querySelector(TAG)?.remove();
  const host = document.createElement(TAG);
  const box = document.createElement("div");
  host.style.cssText = "all: initial; position: fixed; top: 16px; right: 16px; z-index: 2147483647";
  box.style.cssText = `max-width: 340px; padding: 12px 16px; border-radius: 10px; color: #fff;
    background: ${isProblem ? "#8f1d14" : "#143a9e"}; box-shadow: 0 4px 18px rgb(0 0 0 / 35%);
    font: 15px/1.4 system-ui, sans-serif; cursor: pointer`;
  box.setAttribute("role", isProblem ? "alert" : "status");
  host.attachShadow({ mode: "closed" }).append(box);
  document.documentElement.append(host);
  host.addEventListener("click", () => host.remove());
  setTimeout(() => host.remove(), isProblem ? 12_000 : 4_000);
  // Filled once it is there: readers of screens announce what changes, not what appears.
  requestAnimationFrame(() => { box.textContent = sentence; });
}

function say(name, ...values) {
  return name ? api.i18n.getMessage(name, values) : "";
}
