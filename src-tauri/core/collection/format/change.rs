use serde_json::Value;

/// What a file keeps about one kind is of no use to another kind, and may be a secret.
const KINDS: [&str; 3] = ["/http/auth", "/http/body", "/request/auth"];

/// What `before` has to say for a change of a file with this content, so that an authorization or a body of another
/// kind replaces the old one whole, with what the file says beside.
pub fn before_change(content: &Value, mut before: Value, after: &Value) -> Value {
    for pointer in KINDS {
        let (Some(old), Some(written)) = (before.pointer(pointer), content.pointer(pointer)) else {
            continue;
        };
        let new = after.pointer(pointer);
        let other_shape = new != Some(old) && written.is_object() != old.is_object();
        if (other_shape || new.is_none_or(|new| kind(new) != kind(old)))
            && let Some(old) = before.pointer_mut(pointer)
        {
            old.clone_from(written);
        }
    }
    before
}

fn kind(value: &Value) -> [Option<&str>; 2] {
    ["type", "flow"].map(|key| value.get(key).and_then(Value::as_str))
}
