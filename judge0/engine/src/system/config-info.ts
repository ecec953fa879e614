import type { Settings } from '../config.js';

/** What the engine tells about its own measuring, besides Judge0's settings. */
export interface EngineInfo {
  version: string;
  sandboxMode: string;
  /** Program and version that makes the boxes. */
  sandboxName: string;
  hasSeccomp: boolean;
  ownUidPerSlot: boolean;
  slots: number;
}

/** Judge0's /config_info in its order; limits in seconds are floats there, which JSON cannot tell apart. */
export function configInfo(s: Settings, engine: EngineInfo): object {
  return {
    maintenance_mode: s.MAINTENANCE_MODE,
    enable_wait_result: s.ENABLE_WAIT_RESULT,
    enable_compiler_options: s.ENABLE_COMPILER_OPTIONS,
    allowed_languages_for_compile_options: s.ALLOWED_LANGUAGES_FOR_COMPILER_OPTIONS,
    enable_command_line_arguments: s.ENABLE_COMMAND_LINE_ARGUMENTS,
    enable_submission_delete: s.ENABLE_SUBMISSION_DELETE,
    enable_callbacks: s.ENABLE_CALLBACKS,
    callbacks_max_tries: s.CALLBACKS_MAX_TRIES,
    callbacks_timeout: s.CALLBACKS_TIMEOUT,
    enable_additional_files: s.ENABLE_ADDITIONAL_FILES,
    max_queue_size: s.MAX_QUEUE_SIZE,
    cpu_time_limit: s.CPU_TIME_LIMIT,
    max_cpu_time_limit: s.MAX_CPU_TIME_LIMIT,
    cpu_extra_time: s.CPU_EXTRA_TIME,
    max_cpu_extra_time: s.MAX_CPU_EXTRA_TIME,
    wall_time_limit: s.WALL_TIME_LIMIT,
    max_wall_time_limit: s.MAX_WALL_TIME_LIMIT,
    memory_limit: s.MEMORY_LIMIT,
    max_memory_limit: s.MAX_MEMORY_LIMIT,
    stack_limit: s.STACK_LIMIT,
    max_stack_limit: s.MAX_STACK_LIMIT,
    max_processes_and_or_threads: s.MAX_PROCESSES_AND_OR_THREADS,
    max_max_processes_and_or_threads: s.MAX_MAX_PROCESSES_AND_OR_THREADS,
    enable_per_process_and_thread_time_limit: s.ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT,
    allow_enable_per_process_and_thread_time_limit: s.ALLOW_ENABLE_PER_PROCESS_AND_THREAD_TIME_LIMIT,
    enable_per_process_and_thread_memory_limit: s.ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT,
    allow_enable_per_process_and_thread_memory_limit: s.ALLOW_ENABLE_PER_PROCESS_AND_THREAD_MEMORY_LIMIT,
    max_file_size: s.MAX_FILE_SIZE,
    max_max_file_size: s.MAX_MAX_FILE_SIZE,
    number_of_runs: s.NUMBER_OF_RUNS,
    max_number_of_runs: s.MAX_NUMBER_OF_RUNS,
    redirect_stderr_to_stdout: s.REDIRECT_STDERR_TO_STDOUT,
    max_extract_size: s.MAX_EXTRACT_SIZE,
    enable_batched_submissions: s.ENABLE_BATCHED_SUBMISSIONS,
    max_submission_batch_size: s.MAX_SUBMISSION_BATCH_SIZE,
    submission_cache_duration: s.SUBMISSION_CACHE_DURATION,
    use_docs_as_homepage: s.USE_DOCS_AS_HOMEPAGE,
    allow_enable_network: s.ALLOW_ENABLE_NETWORK,
    enable_network: s.ENABLE_NETWORK,
    engine: {
      version: engine.version,
      sandbox_mode: engine.sandboxMode,
      seccomp: engine.hasSeccomp,
      own_uid_per_slot: engine.ownUidPerSlot,
      slots: engine.slots,
      compat_signals: s.COMPAT_SIGNALS,
    },
  };
}
