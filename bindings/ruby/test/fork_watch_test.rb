# frozen_string_literal: true

require_relative "helper"
require "rbconfig"

# Ruby 3.0 has no Process._fork, so each way to fork is watched. This does so with
# any Ruby, in a process of its own, since it cannot be undone.
class ForkWatchTest < HazmatTest
  SCRIPT = <<~'RUBY'
    require "hazmat"
    times = 0
    Hazmat::Runtime::Implementation.singleton_class.prepend(Module.new { define_method(:forked) { times += 1 } })
    Hazmat::Runtime::Fork.watch_each
    ways = [->(&b) { fork(&b) }, ->(&b) { Process.fork(&b) }, ->(&b) { Kernel.fork(&b) }]
    told = ways.flat_map do |way|
      with_block = way.call { exit!(times) }
      without = way.call
      exit!(times) unless without
      [with_block, without].map { |pid| Process.wait2(pid)[1].exitstatus }
    end
    print told.inspect, times, Object.new.respond_to?(:fork)
  RUBY

  def test_each_way_to_fork
    out = IO.popen([RbConfig.ruby, "-w", "-I#{File.expand_path("../lib", __dir__)}", "-e", SCRIPT],
                   err: %i[child out], &:read)
    assert_equal "[1, 1, 1, 1, 1, 1]0false", out
  end
end
