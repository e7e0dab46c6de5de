use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program of this name: the one that `./dev bench` installed, else the one on the path.
pub fn peer(name: &str) -> Option<PathBuf> {
    let installed = target().join("bench/peers/bin").join(name);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&paths).map(|folder| folder.join(name));
    std::iter::once(installed).chain(on_path).find(|file| file.is_file())
}

/// Cargo's target folder, which also holds what the benchmark installs.
pub fn target() -> PathBuf {
    let sluice = Path::new(env!("CARGO_BIN_EXE_sluice"));
    sluice.ancestors().nth(2).expect("it lies two folders deep").to_owned()
}

/// The name and version a program says of itself.
pub fn version(program: &Path) -> String {
    let said = Command::new(program).arg("--version").output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// The machine and how busy it is.
pub fn description() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_else(|| "an unknown size".to_owned());
    let system = field_of(&read("/etc/os-release"), "PRETTY_NAME", '=').unwrap_or_default();
    let kernel = read("/proc/sys/kernel/osrelease");
    format!(
        "{cores} cores ({processor}), {memory} of memory, {} with Linux {}, load average {}",
        system.trim_matches('"'),
        kernel.trim(),
        load()
    )
}

/// The load averages of the last 1, 5 and 15 minutes.
pub fn load() -> String {
    read("/proc/loadavg").split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// The first process of this name (the kernel knows 15 characters of it) below that one.
pub fn descendant(process: u32, name: &str) -> Option<u32> {
    let children = read(&format!("/proc/{process}/task/{process}/children"));
    children.split_whitespace().filter_map(|child| child.parse().ok()).find_map(|child: u32| {
        let own = read(&format!("/proc/{child}/comm"));
        if own.trim() == name { Some(child) } else { descendant(child, name) }
    })
}

fn field(file: &str, name: &str) -> Option<String> {
    field_of(&read(file), name, ':')
}

fn field_of(text: &str, name: &str, separator: char) -> Option<String> {
    let values = text.lines().filter_map(|line| line.split_once(separator));
    values.filter(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned()).next()
}

fn read(file: &str) -> String {
    read_to_string(file).unwrap_or_default()
}
