// Reads the page as the reader sees it, into a document that neither loads nor runs anything.

(() => {
  const LARGEST = 16 * 1024 * 1024;
  const UNSEEN = "script:not([type^='application/ld+json' i]), template, veille-notice";
  const inert = document.implementation.createHTMLDocument("");
  const api = globalThis.browser ?? globalThis.chrome;

  function isSlot(node) {
    return node.localName === "slot" && node.getRootNode() instanceof ShadowRoot;
  }

  // Only components of the site's own have closed ones, and asking for these is slow.
  function shadowOf(node) {
    if (node.shadowRoot || !node.localName.includes("-")) return node.shadowRoot;
    return node.openOrClosedShadowRoot ?? api.dom?.openOrClosedShadowRoot?.(node) ?? null;
  }

  // A component shows its shadow in place of its children, and these where the shadow has a slot.
  function shownInstead(node) {
    if (isSlot(node)) return node.assignedNodes({ flatten: true });
    return shadowOf(node)?.childNodes ?? null;
  }

  function copied(node) {
    const whole = inert.createDocumentFragment();
    whole.append(inert.importNode(node, true));
    if (node.nodeType !== Node.ELEMENT_NODE) return whole;
    const seen = [node, ...node.querySelectorAll("*")];
    const copies = [...whole.querySelectorAll("*")];
    for (let i = 0; i < seen.length; i++) {
      if (seen[i].localName === "img" && seen[i].currentSrc) copies[i].src = seen[i].currentSrc;
      const others = shownInstead(seen[i]);
      if (!others) continue;
      const place = isSlot(seen[i]) ? "replaceWith" : "replaceChildren";
      copies[i][place](...[...others].map(copied));
      i += seen[i].querySelectorAll("*").length;
    }
    return whole;
  }

  // Programs go; data for machines (dates, authors, "reserved to subscribers") stays.
  function cleaned(root) {
    for (const one of root.querySelectorAll("noscript")) {
      const { head, body } = new DOMParser().parseFromString(one.textContent, "text/html");
      one.replaceChildren(...head.childNodes, ...body.childNodes);
    }
    for (const one of root.querySelectorAll(UNSEEN)) one.remove();
    // Tokens and names that a site hides in its forms.
    for (const one of root.querySelectorAll("input")) one.removeAttribute("value");
    const comments = inert.createNodeIterator(root, NodeFilter.SHOW_COMMENT);
    for (let one = comments.nextNode(); one; one = comments.nextNode()) one.remove();
    return root;
  }

  function selected() {
    const selection = getSelection();
    const text = selection ? selection.toString().trim() : "";
    if (!text) return null;
    const box = inert.createElement("div");
    for (let i = 0; i < selection.rangeCount; i++) {
      box.append(inert.importNode(selection.getRangeAt(i).cloneContents(), true));
    }
    return { html: cleaned(box).innerHTML.toWellFormed(), text: text.toWellFormed() };
  }

  function serialised() {
    const whole = cleaned(copied(document.documentElement));
    return `<!doctype html>\n${whole.firstElementChild.outerHTML}`.toWellFormed();
  }

  function fits(text) {
    return text.length <= LARGEST && new TextEncoder().encode(text).length <= LARGEST;
  }

  const html = /html/.test(document.contentType) ? serialised() : "";
  const selection = selected();
  const isTooLarge = !fits(html) || !fits(selection?.html ?? "");
  return {
    url: location.href,
    title: document.title.toWellFormed(),
    lang: document.documentElement.lang,
    html: isTooLarge ? "" : html,
    isTooLarge,
    ...(selection && !isTooLarge ? { selection } : {}),
  };
})();
