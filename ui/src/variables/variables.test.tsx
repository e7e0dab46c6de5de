import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { VariableUse } from "../bindings/VariableUse";
import { TooltipProvider } from "../components/Tooltip";
import { closeCard, showCard } from "./card_state";
import { variableOffers, wordOffers } from "./completion";
import { HEADER_NAMES, headerValues } from "./header_words";
import { VariableScopeProvider, type VariableScope } from "./scope";
import { finish, nameAt, namesIn, splitText, startedAt } from "./text";
import { VariableCard } from "./VariableCard";
import { VariableField } from "./VariableField";

const environment = { scope: "environment" as const, name: "dev" };
const tenant = { scope: "tenant" as const, name: "acme-dev" };

const used = (name: string, more: Partial<VariableUse> = {}): VariableUse => ({
  name,
  value: `value of ${name}`,
  secret: false,
  origin: environment,
  problem: null,
  asked: [],
  ...more,
});

describe("a text with variables", () => {
  it("falls into pieces without a gap", () => {
    const text = "{{a}}/x/{{ b.c }}?d={{}}&e={{f";
    const pieces = splitText(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.map((piece) => piece.name)).toEqual(["a", null, "b.c", null]);
    expect(pieces.map((piece) => piece.from)).toEqual([0, 5, 8, 17]);
  });
  it("knows braces that are none, and variables side by side", () => {
    expect(namesIn('{"a":{"b":"{{x}}{{y}}"}} {{ {{z}}')).toEqual(["x", "y", "z"]);
    expect(namesIn("{{two\nlines}}")).toEqual([]);
  });
  it("says which one the caret is in", () => {
    expect([0, 3, 5, 6].map((caret) => nameAt("{{a}} b", caret))).toEqual(["a", "a", "a", null]);
  });
  it("finds the one being typed, and finishes it once", () => {
    expect(startedAt("x {{run", 7)).toEqual({ from: 4, typed: "run" });
    expect(startedAt("{{done}}", 8)).toBeNull();
    expect(finish("a{{ru", 5, "runtimeUrl")).toEqual({ text: "a{{runtimeUrl}}", caret: 15 });
    expect(finish("{{ru}}/b", 4, "runtimeUrl")).toEqual({ text: "{{runtimeUrl}}/b", caret: 14 });
    expect(finish("{{ru/b", 4, "runtimeUrl")).toEqual({ text: "{{runtimeUrl}}/b", caret: 14 });
  });
});

describe("completion", () => {
  it("offers variables with value and origin, beginnings first", () => {
    const offers = variableOffers([used("myRun"), used("runtimeUrl", { value: "https://x", origin: tenant })], "RUN");
    expect(offers).toEqual([
      { text: "runtimeUrl", detail: "https://x", origin: "Tenant acme-dev" },
      { text: "myRun", detail: "value of myRun", origin: "Environment dev" },
    ]);
  });
  it("offers SAP's headers in SAP's spelling, and nothing once one is written out", () => {
    expect(wordOffers(HEADER_NAMES, "sap_app").map((offer) => offer.text)).toEqual(["SAP_ApplicationID"]);
    expect(wordOffers(HEADER_NAMES, "accept")).toEqual([]);
    expect(headerValues("x-csrf-token")).toEqual(["Fetch"]);
    expect(headerValues("X-Own")).toEqual([]);
  });
});

const set = vi.fn<(name: string) => void>();
const scope: VariableScope = {
  uses: new Map([
    [
      "runtimeUrl",
      used("runtimeUrl", {
        value: "https://acme-dev.example",
        origin: tenant,
        asked: [
          { origin: environment, value: null },
          { origin: tenant, value: "https://acme-dev.example" },
          { origin: { scope: "collection", name: "Orders" }, value: "http://localhost:8080" },
        ],
      }),
    ],
    ["soldTo", used("soldTo", { value: null, origin: null, problem: "soldTo is not set anywhere." })],
    ["password", used("password", { value: "••••••••", secret: true })],
  ]),
  all: [used("runtimeUrl", { value: "https://acme-dev.example", origin: tenant }), used("salesOrg")],
  settable: "environment dev",
  set,
};

function Page({ start, words }: { start: string; words?: string[] }) {
  const [value, setValue] = useState(start);
  return (
    <TooltipProvider>
      <VariableScopeProvider value={scope}>
        <VariableField aria-label="URL" value={value} onChange={setValue} words={words} />
        <VariableCard />
      </VariableScopeProvider>
    </TooltipProvider>
  );
}

const field = () => screen.getByLabelText<HTMLInputElement>("URL");

beforeEach(() => {
  closeCard();
  set.mockClear();
});

describe("a field", () => {
  it("marks its variables, unknown ones as such", () => {
    const { container } = render(<Page start="{{runtimeUrl}}/a?b={{soldTo}}" />);
    const marks = [...container.querySelectorAll("[data-variable]")].map((mark) => [mark.textContent, mark.className]);
    expect(marks).toEqual([
      ["{{runtimeUrl}}", "variable"],
      ["{{soldTo}}", "variable unknown"],
    ]);
    expect(container.querySelector(".variable-marks")?.textContent).toBe(field().value);
  });
  it("completes after {{ by keyboard and keeps on typing behind it", async () => {
    const user = userEvent.setup();
    render(<Page start="" />);
    await user.type(field(), "{{{{");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toHaveLength(2);
    await user.keyboard("sal{Enter}/x");
    expect(field().value).toBe("{{salesOrg}}/x");
    expect(screen.queryByRole("option")).toBeNull();
  });
  it("completes words, and leaves Esc to close the list", async () => {
    const user = userEvent.setup();
    render(<Page start="" words={["Accept", "Accept-Language"]} />);
    await user.type(field(), "acc");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(field().value).toBe("Accept-Language");
    await user.clear(field());
    await user.type(field(), "acc{Escape}{Enter}");
    expect(field().value).toBe("acc");
  });
});

describe("the card", () => {
  it("opens with Ctrl I at the caret, shows every place, and gives the focus back", async () => {
    const user = userEvent.setup();
    render(<Page start="{{runtimeUrl}}/a" />);
    field().focus();
    field().setSelectionRange(3, 3);
    await user.keyboard("{Control>}i{/Control}");
    const card = screen.getByTestId("variable-card");
    expect(card.textContent).toContain("from the tenant");
    expect(card.textContent).toContain("Environment devnot set");
    expect(card.querySelector("s")?.textContent).toBe("http://localhost:8080");
    expect(screen.getByLabelText("Copy the value")).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("variable-card")).toBeNull();
    expect(document.activeElement).toBe(field());
  });
  it("offers to set an unknown one", () => {
    render(<Page start="{{soldTo}}" />);
    act(() => showCard("soldTo", new DOMRect()));
    expect(screen.getByTestId("variable-card").textContent).toContain("soldTo is not set anywhere.");
    fireEvent.click(screen.getByText("Set in environment dev"));
    expect(set).toHaveBeenCalledWith("soldTo");
    expect(screen.queryByTestId("variable-card")).toBeNull();
  });
  it("does not copy a secret", () => {
    render(<Page start="{{password}}" />);
    act(() => showCard("password", new DOMRect()));
    expect(screen.getByTestId("variable-card").textContent).toContain("••••••••");
    expect(screen.queryByLabelText("Copy the value")).toBeNull();
  });
});
