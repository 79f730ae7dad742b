// Region Router for Azure OpenAI: the function app, what it stands on, and the Azure OpenAI accounts that it routes to.
//
// One resource group, so that nobody needs rights on a subscription. Plain resources instead of registry modules, so that a build
// needs no network. docs/deploy.md walks through it; infra/examples shows every parameter at work.

targetScope = 'resourceGroup'

import { accountDeployment, caller, modelMap, retryRules } from 'types.bicep'

// --- the installation ---

@description('Short name of this installation, part of every resource name: lower-case letters, digits and hyphens, 2 to 12')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Azure region of the function app and all that it shares. Default: that of the resource group. Must offer Flex Consumption: az functionapp list-flexconsumption-locations')
param location string = resourceGroup().location

@description('Tags for every resource. Default: none')
param tags object = {}

// --- models, callers, rules: together they are the settings document ---

@description('Models and the regions that serve them, in order of preference')
param models modelMap

@description('Who may call the router. Default: one caller, first-caller, so that nobody gets an open endpoint by accident. At least 1')
@minLength(1)
param callers caller[] = [
  { name: 'first-caller' }
]

@description('Serve also those who show no key. Default: false. Only sensible when allowedIpRanges keeps everybody else out')
param allowAnonymous bool = false

@description('How long and how often the router tries. Default: the router\'s own rules')
param retry retryRules = {}

@description('Leave the settings document in the vault as it is, if there is one. Default: false, the parameters win. True once it is edited by hand')
param keepSettings bool = false

@description('How the router shows itself to Azure OpenAI. Default: managedIdentity, no key anywhere. apiKey copies each account\'s first key into the vault')
@allowed(['managedIdentity', 'apiKey'])
param openAiAuth string = 'managedIdentity'

@description('Domain of Azure OpenAI endpoints. Default: openai.azure.com; other clouds have their own')
param openAiDomain string = 'openai.azure.com'

@description('Bring back accounts of the same names that were deleted in the last 48 hours. Default: false. Fails when there are none')
param restoreAccounts bool = false

@description('Source of the callers\' keys. Leave it out: the default is new each time, and counts only for keys that do not exist yet')
@secure()
param callerKeySeed string = newGuid()

// --- the function app ---

@description('Default: worker, functions in the Java worker, streams arrive whole. streaming: a custom handler, server-sent events flow as they come')
@allowed(['worker', 'streaming'])
param hosting string = 'worker'

@description('Java version of the function app. Default: 21')
@allowed(['17', '21'])
param javaVersion string = '21'

@description('Memory of one instance in MB. Default: 2048 (1 core). 512 is a quarter of a core: too slow a start for hosting streaming')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances at most. Default: 40, the least that Flex Consumption takes. 40 to 1000. Cooldowns are kept per instance: fewer instances learn less twice')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that are always up, billed also when idle. Default: 0. 1 spares callers the cold start. 0 to 1000')
@minValue(0)
@maxValue(1000)
param alwaysReadyInstances int = 0

@description('Calls that one instance serves at the same time. Default: 100; a call mostly waits for a region. 1 to 1000')
@minValue(1)
@maxValue(1000)
param perInstanceConcurrency int = 100

@description('Seconds until a change of the settings document is in force. Default: 60. 10 to 3600')
@minValue(10)
@maxValue(3600)
param settingsRefreshSeconds int = 60

// --- network and people ---

@description('Put storage, vault and the accounts made here behind private endpoints. Default: false. The router\'s own URL stays public: see allowedIpRanges')
param privateNetwork bool = false

@description('Address space of the virtual network, CIDR, at least a /24. Default: 10.20.0.0/16. Only with privateNetwork')
param addressSpace string = '10.20.0.0/16'

@description('IP ranges in CIDR that may call the router. Default: empty, everybody with a key may')
param allowedIpRanges string[] = []

@description('Object id of who may read and change the secrets. Default: who deploys. Empty: nobody but the router')
param operatorPrincipalId string = deployer().objectId

@description('What the operator is. Default: User. A pipeline is a ServicePrincipal; the wrong word fails the deployment')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Keep a deleted vault for 90 days against purging. Default: true. False for short-lived installations; cannot be switched off later')
param purgeProtection bool = true

@description('Days that logs are kept. Default: 30, which are included in the price. 30 to 730')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Mail address for alerts. Default: empty, alerts are shown in the portal only')
param alertEmail string = ''

// --- names: Azure's recommended abbreviations, and a token that makes them unique in the world ---

var token = toLower(uniqueString(subscription().id, resourceGroup().id, environmentName))
var suffix = '${environmentName}-${token}'
// azd finds its environment and the service to deploy to by these tags; each hosting is a service of azure.yaml.
var allTags = union(tags, { 'azd-env-name': environmentName })
var serviceName = hosting == 'streaming' ? 'router-streaming' : 'router'
var packageFolder = 'target/azure-functions/${hosting == 'streaming' ? 'region-router-streaming' : 'region-router'}'
var vaultName = 'kv-${take(replace(environmentName, '-', ''), 7)}-${token}' // at most 24, and no two hyphens in a row
var useKeys = openAiAuth == 'apiKey'

// --- models -> accounts and deployments ---

// One row for each region of each model, with every default filled in. A new account is shared by all models of its location.
var places = flatten(map(items(models), m => map(m.value.regions, (r, i) => {
  model: m.key
  name: r.?name ?? r.location
  location: r.location
  priority: r.?priority ?? i + 1
  weight: r.?weight ?? 1
  zone: r.?zone ?? ''
  deployment: {
    name: r.?deployment ?? m.key
    sku: r.?sku ?? 'Standard'
    capacity: r.?capacity ?? 10
    modelFormat: m.value.?format ?? 'OpenAI'
    modelName: m.value.?azureName ?? m.key
    modelVersion: m.value.version
    versionUpgrade: m.value.?versionUpgrade ?? 'OnceCurrentVersionExpired'
  }
  existingId: r.?existing.?resourceId ?? ''
  existingName: last(split(r.?existing.?resourceId ?? '', '/'))
  existingEndpoint: r.?existing.?endpoint ?? ''
  assignRole: r.?existing.?assignRole ?? true
})))
var newPlaces = filter(places, p => empty(p.existingId))
var existingPlaces = filter(places, p => !empty(p.existingId))
var newLocations = union(map(newPlaces, p => p.location), []) // union drops duplicates
var existingIds = union(map(existingPlaces, p => p.existingId), [])
var accountNames = toObject(union(map(places, p => p.location), []), l => l, l => 'oai-${toLower(environmentName)}-${l}-${take(token, 6)}')

// Every account that the router calls, made here (known by its location) or not (known by its resource id). Where the role is not to
// be given, one region saying so is enough.
var accounts = map(concat(newLocations, existingIds), key => {
  name: accountNames[?key] ?? last(split(key, '/'))
  secretName: 'aoai-key-${last(split(key, '/'))}'
  subscriptionId: startsWith(key, '/') ? split(key, '/')[2] : subscription().subscriptionId
  resourceGroup: startsWith(key, '/') ? split(key, '/')[4] : resourceGroup().name
  assignRole: empty(filter(existingPlaces, p => p.existingId == key && !p.assignRole))
})

// --- the settings document: what the router reads. Its reader refuses properties that it does not know, so none is made up here ---

var routing = {
  models: toObject(items(models), m => m.key, m => {
    regions: map(filter(places, p => p.model == m.key), p => {
      name: p.name
      endpoint: empty(p.existingId) ? 'https://${accountNames[p.location]}.${openAiDomain}' : empty(p.existingEndpoint) ? 'https://${p.existingName}.${openAiDomain}' : p.existingEndpoint
      deployment: p.deployment.name
      priority: p.priority
      weight: p.weight
      ...(empty(p.zone) ? {} : { zone: p.zone })
      ...(useKeys ? { apiKey: { secret: 'aoai-key-${empty(p.existingId) ? p.location : p.existingName}' } } : {})
    })
    ...((m.value.?stayInZone ?? false) ? { stayInZone: true } : {})
  })
  ...(empty(retry) ? {} : { retry: retry })
  callers: map(callers, c => {
    name: c.name
    keys: [
      { secret: 'caller-${c.name}-1' }
      { secret: 'caller-${c.name}-2' }
    ]
    ...(empty(c.?models ?? []) ? {} : { models: c.?models })
    ...(empty(c.?zone ?? '') ? {} : { zone: c.?zone })
    ...((c.?forceRegion ?? false) ? { forceRegion: true } : {})
    ...((c.?tokensPerMinute ?? 0) == 0 ? {} : { tokensPerMinute: c.?tokensPerMinute })
    ...((c.?requestsPerMinute ?? 0) == 0 ? {} : { requestsPerMinute: c.?requestsPerMinute })
  })
  ...(allowAnonymous ? { anonymous: true } : {})
}
var routingJson = string(routing)
var callerKeyNames = flatten(map(callers, c => ['caller-${c.name}-1', 'caller-${c.name}-2']))
var settingsSecretName = 'router-settings'

// --- resources ---

// One identity for storage, vault, Azure OpenAI and telemetry. User-assigned, so that its roles exist before the app starts.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${suffix}'
  location: location
  tags: allTags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: 'log-${suffix}'
    insightsName: 'appi-${suffix}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    publisherPrincipalId: identity.properties.principalId
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    displayName: 'Region Router (${environmentName})'
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    suffix: suffix
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    name: 'vnet-${suffix}'
    location: location
    tags: allTags
    addressSpace: addressSpace
    openAiDomain: openAiDomain
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: 'st${token}'
    location: location
    tags: allTags
    appPrincipalId: identity.properties.principalId
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : null
  }
}

module vault 'modules/keyvault.bicep' = {
  name: 'vault'
  params: {
    name: vaultName
    location: location
    tags: allTags
    readerPrincipalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    purgeProtection: purgeProtection
    workspaceId: monitoring.outputs.workspaceId
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : null
  }
}

module openAi 'modules/openai.bicep' = [for l in newLocations: {
  name: 'openai-${l}'
  params: {
    name: accountNames[l]
    location: l
    tags: allTags
    deployments: map(filter(newPlaces, p => p.location == l), p => p.deployment)
    allowKeys: useKeys
    restore: restoreAccounts
    workspaceId: monitoring.outputs.workspaceId
    endpointLocation: location
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zones: privateNetwork ? network!.outputs.zones : null
  }
}]

// The role is given where the account is, which for an existing one may be another group or subscription.
module openAiRoles 'modules/openai-role.bicep' = [for a in accounts: if (a.assignRole) {
  name: take('openai-role-${a.name}', 64)
  scope: resourceGroup(a.subscriptionId, a.resourceGroup)
  params: {
    accountName: a.name
    principalId: identity.properties.principalId
  }
  dependsOn: [openAi]
}]

// Secrets are written one after the other: the vault answers ConflictError to some of those that arrive together.
@batchSize(1)
module openAiKeys 'modules/openai-key.bicep' = [for a in (useKeys ? accounts : []): {
  name: take('openai-key-${a.name}', 64)
  params: {
    accountName: a.name
    accountSubscriptionId: a.subscriptionId
    accountResourceGroup: a.resourceGroup
    vaultName: vault.outputs.name
    name: a.secretName
  }
  dependsOn: [openAi]
}]

// guid() of a secret seed and the name: as hard to guess as the seed, and another for each name. Written once and never again, so
// that a redeployment changes no caller's key.
@batchSize(1)
module callerKeys 'modules/secret-once.bicep' = [for name in callerKeyNames: {
  name: 'secret-${name}'
  params: {
    vaultName: vault.outputs.name
    name: name
    value: guid(callerKeySeed, name)
    contentType: 'Key of a caller of the router'
  }
  dependsOn: [openAiKeys]
}]

module settings 'modules/secret.bicep' = if (!keepSettings) {
  name: 'settings'
  params: {
    vaultName: vault.outputs.name
    name: settingsSecretName
    value: routingJson
    contentType: 'application/json'
  }
  dependsOn: [callerKeys]
}

module settingsOnce 'modules/secret-once.bicep' = if (keepSettings) {
  name: 'settings-once'
  params: {
    vaultName: vault.outputs.name
    name: settingsSecretName
    value: routingJson
    contentType: 'application/json'
  }
  dependsOn: [callerKeys]
}

module app 'modules/functionapp.bicep' = {
  name: 'functionapp'
  params: {
    name: 'func-${suffix}'
    planName: 'asp-${suffix}'
    location: location
    tags: union(allTags, { 'azd-service-name': serviceName })
    hosting: hosting
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: storage.outputs.name
    packageUrl: storage.outputs.packageUrl
    appInsightsConnectionString: monitoring.outputs.connectionString
    javaVersion: javaVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    perInstanceConcurrency: perInstanceConcurrency
    appSubnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    allowedIpRanges: allowedIpRanges
    // Without a version: the router reads the newest, and a change needs no redeployment.
    settingsUrl: '${vault.outputs.uri}secrets/${settingsSecretName}'
    settingsRefreshSeconds: settingsRefreshSeconds
  }
  dependsOn: [openAiRoles, settings, settingsOnce]
}

// --- outputs: no secret among them. azd keeps them in its environment; azure.yaml reads the two switches ---

@description('The URL to put in place of the Azure OpenAI endpoint')
output ROUTER_URL string = app.outputs.url

@description('A first call, ready to paste; it fetches the key from the vault itself')
output ROUTER_CURL string = 'curl -i "${app.outputs.url}/openai/deployments/${items(models)[0].key}/chat/completions?api-version=2024-10-21" -H "api-key: $(az keyvault secret show --vault-name ${vault.outputs.name} --name ${callerKeyNames[0]} --query value -o tsv)" -H "content-type: application/json" -d \'{"messages":[{"role":"user","content":"Say hello."}]}\''

@description('Folder that the build makes for this hosting; its content is what is deployed')
output ROUTER_PACKAGE string = packageFolder

output ROUTER_WORKER string = hosting == 'worker' ? 'true' : 'false'
output ROUTER_STREAMING string = hosting == 'streaming' ? 'true' : 'false'
output AZURE_FUNCTION_NAME string = app.outputs.name
output KEY_VAULT_NAME string = vault.outputs.name
output SETTINGS_SECRET_NAME string = settingsSecretName
output CALLER_KEY_NAMES string[] = callerKeyNames
output WORKSPACE_ID string = monitoring.outputs.workspaceId
