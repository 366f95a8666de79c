# frozen_string_literal: true

bind "tcp://#{ENV.fetch("HAZMAT_LISTEN")}"
workers 3
threads 2, 2
preload_app!
# So that it ends with 0.
raise_exception_on_sigterm false
