// Results while typing. The form works without; this offers what the typed words may lead to.
(() => {
  "use strict";
  const WAIT = 150;

  const element = (name, attributes, text) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };

  const equip = (form) => {
    const input = form.querySelector("input[type=search]");
    const id = `${input.id}-list`;
    const list = element("ul", { id, role: "listbox", "aria-label": form.dataset.label, class: "suggestions", hidden: "" });
    const told = element("p", { class: "unseen", role: "status" });
    for (const [key, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false",
    })) input.setAttribute(key, value);
    input.closest(".row").after(list, told);

    let active = -1, timer = 0, asking = null;

    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    };

    const choose = (index) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    };

    const show = (suggestions) => {
      choose(-1);
      list.replaceChildren(...suggestions.map((found, index) => {
        const option = element("li", { id: `${id}-${index}`, role: "option", "aria-selected": "false" });
        option.append(element("span", { class: "kind" }, found.title), " ", element("span", {}, found.label));
        if (found.note) option.append(" ", element("span", { class: "note" }, found.note));
        option.dataset.url = found.url;
        return option;
      }));
      list.hidden = !suggestions.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = list.hidden ? "" : form.dataset.count.replace("{n}", suggestions.length);
    };

    const ask = async () => {
      const query = input.value.trim();
      asking?.abort();
      if (!query) return close();
      asking = new AbortController();
      try {
        const address = `${form.dataset.suggest}?${new URLSearchParams({ q: query })}`;
        const answer = await fetch(address, { signal: asking.signal });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" && list.hidden) {
        ask();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose(active + step < -1 ? last : active + step > last ? -1 : active + step);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.assign(list.children[active].dataset.url);
      }
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  };

  document.querySelectorAll("form[data-suggest]").forEach(equip);
})();
