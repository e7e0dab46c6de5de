import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createRef } from "react";
import { expect, it, vi } from "vitest";
import { TooltipProvider } from "../components/Tooltip";
import { FormDialog } from "./FormDialog";
import { RemoveDialog } from "./RemoveDialog";

const failure = { code: "disk_full", message: "The disk is full.", hint: null, detail: null };

function form(onSave: () => Promise<unknown>, disabled = false) {
  const close = vi.fn();
  render(
    <TooltipProvider>
      <FormDialog
        title="Change"
        action="Save key"
        disabled={disabled}
        focus={createRef<HTMLElement>()}
        onSave={onSave}
        onClose={close}
      >
        <input aria-label="Name" />
      </FormDialog>
    </TooltipProvider>,
  );
  return { close, user: userEvent.setup() };
}

it("a form says why it was not saved, and stays", async () => {
  const { close, user } = form(() => Promise.reject(failure));
  await user.click(screen.getByRole("button", { name: /^Save key/ }));
  expect((await screen.findByTestId("error-message")).textContent).toBe("The disk is full.");
  expect(close).not.toHaveBeenCalled();
});

it("a form saves with Enter in a field and with Ctrl Enter, once at a time", async () => {
  const done: Array<() => void> = [];
  const save = vi.fn(() => new Promise<void>((ready) => done.push(ready)));
  const { user } = form(save);
  await user.type(screen.getByLabelText("Name"), "a{Enter}{Enter}{Control>}{Enter}{/Control}");
  expect(save).toHaveBeenCalledTimes(1);
  done[0]?.();
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>("button", { name: /^Save key/ }).disabled).toBe(false),
  );
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(save).toHaveBeenCalledTimes(2);
});

it("a form that is not complete is not saved", async () => {
  const save = vi.fn(() => Promise.resolve());
  const { user } = form(save, true);
  await user.type(screen.getByLabelText("Name"), "{Enter}{Control>}{Enter}{/Control}");
  expect(save).not.toHaveBeenCalled();
});

it("a question before a removal says why nothing was removed", async () => {
  render(
    <TooltipProvider>
      <RemoveDialog
        title="Remove it?"
        text="It goes."
        hint=""
        action="Remove key"
        onRemove={() => Promise.reject(failure)}
        onClose={() => undefined}
      />
    </TooltipProvider>,
  );
  await userEvent.setup().click(screen.getByRole("button", { name: "Remove key" }));
  expect((await screen.findByTestId("error-message")).textContent).toBe("The disk is full.");
});
