// What a worker may do with a file of its own, which TypeScript's DOM library leaves out.
interface FileSystemSyncAccessHandle {
  write(buffer: ArrayBufferView, options?: { at: number }): number;
  flush(): void;
  close(): void;
}
interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}
