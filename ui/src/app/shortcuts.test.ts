import { describe, expect, it } from "vitest";
import { shortcutOf } from "./shortcuts";

describe("shortcuts", () => {
  it("leave the keys to an open menu, and no longer to one that closes", () => {
    const menu = document.createElement("div");
    menu.setAttribute("role", "menu");
    document.body.append(menu);
    const palette = () => shortcutOf(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    menu.dataset.state = "open";
    expect(palette()).toBeNull();
    menu.dataset.state = "closed";
    expect(palette()).not.toBeNull();
    menu.remove();
  });
});
