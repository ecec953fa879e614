export declare const step: <T>(title: string, work: () => T | Promise<T>) => Promise<T>;
export declare const box: (lines: string[]) => string;
