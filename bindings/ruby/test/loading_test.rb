# frozen_string_literal: true

require_relative "helper"
require "fileutils"
require "tmpdir"

# Finding the library, and refusing one that does not fit.
class LoadingTest < HazmatTest
  def test_the_library_in_the_gem_is_found
    assert_equal backend.name, run_ruby("print Hazmat.default_backend.name", "HAZMAT_LIBRARY" => "")
  end

  def test_the_environment_comes_first
    in_copy do |folder|
      path = File.join(folder, "elsewhere", FRONT)
      FileUtils.mkdir_p(File.dirname(path))
      FileUtils.cp(Dir["#{LIBRARY_FOLDER}/hazmat/lib/*"], File.dirname(path))
      assert_equal path, run_copy(folder, "print File.readlines('/proc/self/maps').grep(/#{FRONT}/).first.split.last",
                                  "HAZMAT_LIBRARY" => path)
    end
  end

  def test_a_path_that_leads_nowhere
    error = load_error("HAZMAT_LIBRARY" => "/nowhere/#{FRONT}")
    assert_match(%r{hazmat: cannot load /nowhere/#{FRONT}: .*set HAZMAT_LIBRARY to its path}, error)
  end

  def test_no_library_at_all
    in_copy do |folder|
      FileUtils.rm_r(File.join(folder, "hazmat/lib"))
      error = load_error({ "LD_LIBRARY_PATH" => "" }, folder)
      assert_match(/hazmat: cannot load #{FRONT}: .*put the library into #{folder}.*set HAZMAT_LIBRARY to/, error)
    end
  end

  def test_a_file_that_is_no_library
    assert_match(/hazmat: cannot load #{__FILE__}: /, load_error("HAZMAT_LIBRARY" => __FILE__))
  end

  def test_another_library
    assert_match(/hazmat: libc\.so\.6 is another library: it has no hz_abi_version/,
                 load_error("HAZMAT_LIBRARY" => "libc.so.6"))
  end

  def test_another_abi
    hash = ABI::Native.abi_hash
    { /hash: "\h{16}"/ => 'hash: "0123456789abcdef"', /version: \d+/ => "version: 77" }.each do |what, other|
      in_copy do |folder|
        path = File.join(folder, "hazmat/abi.rb")
        File.write(path, File.read(path).sub(what, other))
        version, needed = other.include?("77") ? [77, hash] : [ABI::Native.abi_version, "0123456789abcdef"]
        error = load_error({}, folder)
        assert_includes error, "has ABI version #{ABI::Native.abi_version} and hash #{hash}, " \
                               "where this gem needs version #{version} and hash #{needed};"
      end
    end
  end

  def test_no_core
    error = run_ruby(<<~RUBY, "HAZMAT_CORE" => "/nowhere/core.so")
      begin
        Hazmat.default_backend
      rescue Hazmat::Load => e
        print e.message
      end
    RUBY
    assert_match(%r{/nowhere/core\.so.*HAZMAT_CORE}, error)
  end

  def test_loading_starts_no_go
    assert_equal "1 0", run_ruby(<<~RUBY)
      print Dir["/proc/self/task/*"].size, " ", File.readlines("/proc/self/maps").grep(/hazmat-core/).size
    RUBY
  end

  private

  # A folder with a copy of the gem.
  def in_copy
    Dir.mktmpdir do |folder|
      FileUtils.cp_r(File.join(LIBRARY_FOLDER, "."), folder)
      yield File.realpath(folder)
    end
  end

  def run_copy(folder, program, environment = {})
    output, errors, status = Open3.capture3(environment, RbConfig.ruby, "-I#{folder}", "-rhazmat", "-e", program)
    assert status.success?, errors
    output
  end

  # The message of the LoadError that loading fails with: one line.
  def load_error(environment, folder = LIBRARY_FOLDER)
    program = "begin; require 'hazmat'; rescue LoadError => e; print e.message; end"
    environment = { "HAZMAT_LIBRARY" => nil }.merge(environment)
    output, errors, status = Open3.capture3(environment, RbConfig.ruby, "-I#{folder}", "-e", program)
    assert status.success?, errors
    assert_equal 1, output.lines.size
    output
  end
end
