# frozen_string_literal: true

# Measures one library: does what a line on standard input says, and answers. The lines
# are those of bench/c/runner.c. The library is not loaded before it is needed.
#
# usage: runner.rb SUBJECT

require_relative "subjects"

# One thread's share of an operation on messages of one size.
class Job
  # @return [String, nil] which of the operations does that of a name: for a batch it may
  #   be one to be looped
  def self.named(operations, name)
    algorithm, way = name.split(":")
    names = way == "batch" ? [name, "#{algorithm}:same", algorithm] : [name]
    names.find { |known| operations.key?(known) }
  end

  def initialize(operations, name, size)
    known = Job.named(operations, name) || abort("no operation #{name}")
    @operation = operations[known].call
    @batch = name.end_with?(":batch")
    @in_loop = @batch && known != name
    @keys = name.end_with?(":new") ? Work::KEYS : [Work::KEYS[0]] * Work::KEYS.size
    @nonces = known.match?(/gcm|poly1305/) ? Work::NONCES : Work::IVS
    @data = @batch ? Work.messages(size) : Work.data(size)
  end

  # @return [String, Array<String>]
  def output(time)
    return @operation.call(key(time), @nonces[time % TURNS], @data) unless @batch
    return @operation.call(key(time), @nonces, @data) unless @in_loop

    @data.map.with_index { |message, i| @operation.call(key(time), @nonces[i], message) }
  end

  # What a loop does beside the operation is kept small.
  def repeat(count)
    return count.times { output(0) } if @batch

    operation, keys, nonces, data = @operation, @keys, @nonces, @data
    time = 0
    while time < count
      operation.call(keys[time % TURNS], nonces[time % TURNS], data)
      time += 1
    end
  end

  private

  TURNS = Work::KEYS.size
  private_constant :TURNS

  def key(time)
    @keys[time % TURNS]
  end
end

# Answers commands.
class Runner
  def initialize(subject)
    @subject = subject
  end

  def ready
    "ready"
  end

  def first
    data = Work.data(64)
    start = now
    @subject.load.call
    operations["sha256"].call.call(nil, nil, data)
    now - start
  end

  def version
    @subject.load.call
    @subject.version.call
  end

  def list(*names)
    names.select { |name| Job.named(operations, name) }.join(" ")
  end

  # Twice: where keys and nonces are new each time, the second time differs.
  def output(name, size)
    job = Job.new(operations, name, size)
    outputs = [job.output(0), job.output(1)].join
    "#{outputs.bytesize}\n#{outputs}"
  end

  # From the moment that the first thread begins to that when the last has done.
  def time(name, size, threads, count)
    jobs = Array.new(threads) { Job.new(operations, name, size) }
    jobs.each { |job| job.repeat(1) }
    starts, ends = jobs.map { |job| Thread.new { timed { job.repeat(count) } } }.map(&:value).transpose
    ends.max - starts.min
  end

  # From fork to the child's first digest.
  def fork
    job = Job.new(operations, "sha256", 64)
    job.repeat(1)
    reader, writer = IO.pipe
    start = now
    child = Process.fork { answer_in_child(job, writer) }
    finish = reader.read(8).unpack1("q")
    abort "the child has failed" unless Process.wait2(child)[1].success?
    finish - start
  end

  private

  def operations
    @operations ||= begin
      @subject.load.call
      @subject.operations.call
    end
  end

  def timed
    start = now
    yield
    [start, now]
  end

  def answer_in_child(job, writer)
    job.repeat(1)
    writer.syswrite([now].pack("q"))
    exit!(true)
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
  end
end

COMMANDS = %w[ready first version list output time fork].freeze

runner = Runner.new(Subjects::ALL.fetch(ARGV[0]))
$stdout.binmode
$stdin.each_line do |line|
  command, *arguments = line.split.map { |word| Integer(word, exception: false) || word }
  abort "not a command: #{command}" unless COMMANDS.include?(command)

  answer = runner.public_send(command, *arguments)
  $stdout.write(answer, answer.to_s.include?("\n") ? "" : "\n")
  $stdout.flush
end
