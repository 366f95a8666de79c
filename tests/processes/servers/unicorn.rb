# frozen_string_literal: true

listen ENV.fetch("HAZMAT_LISTEN")
worker_processes 3
preload_app true
