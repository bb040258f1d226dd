#include "engine/runners/runner_types.h"

#include "engine/base/assert.h"
#include "engine/base/yaml.h"

namespace stormglass {

namespace {

// As StackStorm declares them (content.md 6.1): whether `required` or `default` is written at all
// makes a difference.
constexpr std::string_view declarations = R"yaml(
action-chain:
  description: Runs the actions of a chain one after another.
  module: action_chain_runner
  parameters:
    display_published: {type: boolean, default: true, description: Add the published variables to the result.}
    skip_notify: {type: array, default: [], description: Tasks that send no notification.}
  output_key: published
  output_schema:
    type: object
    properties: {published: {type: object}, tasks: {type: array}}
    additionalProperties: false

announcement:
  description: Puts an announcement on the stream.
  module: announcement_runner
  parameters:
    experimental: {type: boolean, required: true, default: false, description: Must be true to run it.}
    route: {type: string, default: general, minLength: 1, maxLength: 255, description: What followers choose by.}

http-request:
  description: Sends an HTTP request.
  module: http_runner
  parameters:
    allow_redirects: {type: boolean, default: false, description: Follow redirects.}
    cookies: {type: object, description: Cookies to send.}
    headers: {type: object, description: Headers to send.}
    http_proxy: {type: string, description: Proxy for http addresses.}
    https_proxy: {type: string, description: Proxy for https addresses.}
    password: {type: string, secret: true, description: Password of basic authentication.}
    url: {type: string, required: true, description: Address to send the request to.}
    username: {type: string, description: User of basic authentication.}
    verify_ssl_cert: {type: boolean, default: true, description: Check the certificate of the peer.}
    url_hosts_blacklist: {type: array, required: false, items: {type: string}, description: Hosts that are refused.}
    url_hosts_whitelist: {type: array, required: false, items: {type: string}, description: The only hosts allowed.}
  output_key: body
  output_schema:
    type: object
    properties:
      status_code: {type: integer}
      body: {anyOf: [{type: object}, {type: string}, {type: integer}, {type: number}, {type: boolean}, {type: array}, {type: 'null'}]}
      parsed: {type: boolean}
      headers: {type: object}
    additionalProperties: false

inquirer:
  description: Waits for the answer of a person.
  module: inquirer_runner
  parameters:
    schema:
      type: object
      required: true
      description: Schema of the answer.
      default:
        title: response_data
        type: object
        properties:
          continue: {type: boolean, description: Would you like to continue the workflow?, required: true}
    route: {type: string, required: false, default: '', description: What rules choose the people to ask by.}
    roles: {type: array, required: false, default: [], description: Roles of which an answerer must have one.}
    users: {type: array, required: false, default: [], description: Users who may answer.}
    ttl: {type: integer, required: true, default: 1440, description: Minutes until the inquiry times out.}

local-shell-cmd:
  description: Runs a shell command on this host.
  package: local_runner
  module: local_shell_command_runner
  parameters:
    cmd: {type: string, description: Command to run.}
    cwd: {type: string, description: Working directory.}
    env: {type: object, description: Environment variables to add.}
    kwarg_op: {type: string, default: '--', description: What stands before the names of named arguments.}
    sudo: {type: boolean, default: false, description: Run it through sudo.}
    sudo_password: {type: string, required: false, default: null, secret: true, description: Password that sudo asks for.}
    timeout: {type: integer, default: 60, description: Seconds after which it is ended.}

local-shell-script:
  description: Runs a script of the pack on this host.
  package: local_runner
  module: local_shell_script_runner
  parameters:
    debug: {type: boolean, required: false, default: false, description: Tell the action to be verbose.}
    content_version: &content_version {type: string, required: false, description: Git revision of the pack to run.}
    cwd: {type: string, description: Working directory.}
    env: {type: object, description: Environment variables to add.}
    kwarg_op: {type: string, default: '--', description: What stands before the names of named arguments.}
    sudo: {type: boolean, default: false, description: Run it through sudo.}
    sudo_password: {type: string, required: false, default: null, secret: true, description: Password that sudo asks for.}
    timeout: {type: integer, default: 60, description: Seconds after which it is ended.}

noop:
  description: Does nothing.
  module: noop_runner
  parameters: {}

orquesta:
  description: Runs a workflow.
  module: orquesta_runner
  aliases: [orchestra]
  parameters:
    notify:
      type: array
      default: []
      uniqueItems: true
      items: {type: string, minLength: 1, pattern: '^\w+$'}
      description: Tasks that send notifications.
  output_key: output
  output_schema:
    type: object
    properties:
      errors: {anyOf: [{type: object}, {type: array}]}
      output: {anyOf: [{type: object}, {type: string}, {type: integer}, {type: number}, {type: boolean}, {type: array}, {type: 'null'}]}
    additionalProperties: false

pack-operation:
  description: Manages packs.
  module: pack_operation_runner
  parameters:
    operation: {type: string, required: true, description: What is done with packs.}
    timeout: {type: integer, default: 600, description: Seconds after which an installation of requirements is ended.}

python-script:
  description: Runs a Python class of the pack.
  module: python_runner
  parameters:
    debug: {type: boolean, required: false, default: false, description: Tell the action to be verbose.}
    content_version: *content_version
    env: {type: object, description: Environment variables to add.}
    timeout: {type: integer, default: 600, description: Seconds after which it is ended.}
    log_level:
      type: string
      default: DEBUG
      enum: [AUDIT, CRITICAL, ERROR, WARNING, INFO, DEBUG]
      description: The least level that is logged.
  output_key: result
  output_schema:
    type: object
    properties:
      result: {anyOf: [{type: object}, {type: string}, {type: integer}, {type: number}, {type: boolean}, {type: array}, {type: 'null'}]}
      stderr: {type: string, required: true}
      stdout: {type: string, required: true}
      exit_code: {type: integer, required: true}
    additionalProperties: false

remote-shell-cmd:
  description: Runs a shell command on other hosts.
  package: remote_runner
  module: remote_command_runner
  parameters:
    bastion_host: &bastion_host {type: string, required: false, description: Host to go through.}
    cmd: {type: string, description: Command to run.}
    cwd: &remote_cwd {type: string, default: /tmp, description: Working directory.}
    dir: {type: string, default: /tmp, immutable: true, description: Where scripts are copied to.}
    env: &env {type: object, description: Environment variables to add.}
    hosts: &hosts {type: string, required: true, description: 'Hosts separated by commas, each with a port if need be.'}
    kwarg_op: &kwarg_op {type: string, default: '--', description: What stands before the names of named arguments.}
    parallel: &parallel {type: boolean, default: false, immutable: true, description: Run it on many hosts at once.}
    passphrase: &passphrase {type: string, required: false, secret: true, description: Passphrase of the private key.}
    password: &password {type: string, required: false, secret: true, description: Password of the user.}
    port: &port {type: integer, required: false, description: Port of the SSH server.}
    private_key: &private_key {type: string, required: false, secret: true, description: 'Private key, or the path of its file.'}
    sudo: &sudo {type: boolean, default: false, description: Run it through sudo.}
    sudo_password: &sudo_password {type: string, required: false, default: null, secret: true, description: Password that sudo asks for.}
    timeout: &timeout {type: integer, default: 60, description: Seconds after which it is ended.}
    username: &username {type: string, required: false, description: User to log in as.}

remote-shell-script:
  description: Runs a script of the pack on other hosts.
  package: remote_runner
  module: remote_script_runner
  parameters:
    bastion_host: *bastion_host
    cwd: *remote_cwd
    dir: {type: string, default: /tmp, description: Where scripts are copied to.}
    env: *env
    hosts: *hosts
    kwarg_op: *kwarg_op
    parallel: *parallel
    passphrase: *passphrase
    password: *password
    port: *port
    private_key: *private_key
    sudo: *sudo
    sudo_password: *sudo_password
    timeout: *timeout
    username: *username

winrm-cmd:
  description: Runs a command on a Windows host.
  package: winrm_runner
  module: winrm_command_runner
  parameters: &winrm
    cmd: {type: string, description: Command to run.}
    cwd: &winrm_cwd {type: string, description: Working directory.}
    env: *env
    host: &winrm_host {type: string, required: true, description: Host to connect to.}
    kwarg_op: &winrm_op {type: string, default: '-', description: What stands before the names of named arguments.}
    password: &winrm_password {type: string, required: true, secret: true, description: Password of the user.}
    port: &winrm_port {type: integer, required: false, default: 5986, description: Port of the service.}
    scheme: &winrm_scheme {type: string, required: false, default: https, description: http or https.}
    timeout: *timeout
    transport: &winrm_transport
      type: string
      required: false
      default: ntlm
      enum: [basic, certificate, credssp, kerberos, ntlm, plaintext, ssl]
      description: How to authenticate.
    username: &winrm_username {type: string, required: true, description: User to log in as.}
    verify_ssl_cert: &winrm_verify {type: boolean, default: true, description: Check the certificate of the peer.}

winrm-ps-cmd:
  description: Runs a PowerShell command on a Windows host.
  package: winrm_runner
  module: winrm_ps_command_runner
  parameters: *winrm

winrm-ps-script:
  description: Runs a PowerShell script of the pack on a Windows host.
  package: winrm_runner
  module: winrm_ps_script_runner
  parameters:
    cwd: *winrm_cwd
    env: *env
    host: *winrm_host
    kwarg_op: *winrm_op
    password: *winrm_password
    port: *winrm_port
    scheme: *winrm_scheme
    timeout: *timeout
    transport: *winrm_transport
    username: *winrm_username
    verify_ssl_cert: *winrm_verify
)yaml";

RunnerType typeOf(const QString &name, const Value &declared)
{
    RunnerType type;
    type.name = name;
    type.description = declared["description"].toQString();
    type.module = declared["module"].toQString();
    type.package = declared["package"].toQStringOr(type.module);
    type.parameters = declared["parameters"];
    type.outputKey = declared["output_key"].toQStringOr({});
    if (const Value *const schema = declared.find("output_schema"))
        type.outputSchema = *schema;
    return type;
}

} // namespace

std::vector<RunnerType> runnerTypes()
{
    const Result<Value> declared = readYaml(declarations);
    SG_ASSERT(declared);
    std::vector<RunnerType> types;
    for (const ValueMap::Entry &entry : declared->entries()) {
        types.push_back(typeOf(entry.key.toQString(), entry.value));
        for (const Value &alias : entry.value["aliases"].itemsOrNone())
            types.push_back(typeOf(alias.toQString(), entry.value));
    }
    return types;
}

} // namespace stormglass
