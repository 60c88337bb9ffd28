# Calls one operation of the Ruby client that openapi-generator has written. Reads the call as JSON
# from stdin, and writes what the client gives back.
require "json"
require "openapi_client"

call = JSON.parse($stdin.read)
url = call["base_url"].match(%r{\A(\w+)://([^/]+)(/.*)\z})
OpenapiClient.configure do |config|
  config.scheme, config.host, config.base_path = url.captures
  config.server_index = nil
  config.api_key["X-ChatWorkToken"] = call["token"]
end
# The client sends `Authorization: Bearer` without a token as well. Only one of both may be sent.
config = OpenapiClient::Configuration.default
config.define_singleton_method(:auth_settings) { super().slice("ApiToken") }
name = call["id"].gsub(/(?<!\A)([A-Z])/) { "_#{$1}" }.downcase
api = OpenapiClient.const_get(call["tag"].split("_").map(&:capitalize).join + "Api").new
values = call["arguments"].transform_keys(&:to_sym)
values[call["file"]["field"].to_sym] = File.new(call["file"]["path"]) if call["file"]
required = api.method(name).parameters.select { |kind, _| kind == :req }.map(&:last)
arguments = required.map { |parameter| values.delete(parameter) }
begin
  value = api.public_send(name, *arguments, values)
  plain = ->(item) { item.respond_to?(:to_hash) ? item.to_hash : item }
  value = value.is_a?(Array) ? value.map(&plain) : plain.call(value)
  puts JSON.generate({ value: value })
rescue OpenapiClient::ApiError => error
  puts JSON.generate({ raised: "`ApiError`", text: error.message })
end
