mod chains;
mod key_files;
mod pems;
