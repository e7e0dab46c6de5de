import { createStore } from "./store";

export type Place = "start" | "requests" | "tenants" | "settings";

/** Where the user is. */
export const navigation = createStore<{ place: Place; palette: boolean }>({ place: "start", palette: false });

export function goTo(place: Place): void {
  navigation.set({ place, palette: false });
}
