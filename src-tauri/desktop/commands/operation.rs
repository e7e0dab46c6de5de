use serde_json::Value;
use sluice_core::error::Result;
use sluice_core::operation::{Door, dispatch};
use tauri::State;

use crate::desk::Desk;

/// Calls an operation of the workbench that is declared for the window.
#[tauri::command]
pub async fn call(desk: State<'_, Desk>, name: String, input: Value) -> Result<Value> {
    dispatch(desk.workbench()?, Door::Window, &name, input).await
}
