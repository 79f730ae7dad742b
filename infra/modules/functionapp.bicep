// The function app on its Flex Consumption plan. What is absent is absent on purpose: Flex Consumption refuses FUNCTIONS_* and
// WEBSITE_* settings and many properties of siteConfig, in some regions only ("Flex Consumption plan deprecations").

@minLength(2)
@maxLength(60)
param name string

param planName string
param location string
param tags object

@description('worker or streaming')
@allowed(['worker', 'streaming'])
param hosting string

@description('Resource id of the router\'s identity')
param identityId string

@description('Client id of the router\'s identity')
param identityClientId string

@description('Name of the host\'s storage account')
param storageName string

@description('URL of the blob container with the package')
param packageUrl string

param appInsightsConnectionString string
param javaVersion string

@description('512, 2048 or 4096 MB')
param instanceMemoryMB int

@description('40 to 1000')
param maximumInstanceCount int

@description('0 to 1000')
param alwaysReadyInstances int

@description('1 to 1000 calls')
param perInstanceConcurrency int

@description('Subnet of the app\'s way out; empty for none')
param appSubnetId string

@description('IP ranges in CIDR that may call; empty for everybody')
param allowedIpRanges string[]

@description('URL of the settings document\'s secret, without a version')
param settingsUrl string

@description('Seconds between two looks at it')
param settingsRefreshSeconds int

// Which telemetry works where (docs/tracing.md):
// worker: no agent. With storage by identity the platform's Java agent sends nothing on this plan, and once it is switched on the
//   host drops the worker's log lines too (ApplicationInsights-Java issue 4712). The router's JSON lines come through the host.
//   So APPLICATIONINSIGHTS_ENABLE_AGENT must stay unset.
// streaming: host.json starts the JVM with -javaagent, which works. The agent sends every span and leaves log lines to the host,
//   which has them from the process's output; each would come twice otherwise.
var agentSettings = hosting == 'streaming' ? {
  APPLICATIONINSIGHTS_INSTRUMENTATION_LOGGING_LEVEL: 'OFF'
  APPLICATIONINSIGHTS_SAMPLING_PERCENTAGE: '100'
} : {}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: { reserved: true } // Linux
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId // for those who add references of their own; the router reads the vault itself
    virtualNetworkSubnetId: empty(appSubnetId) ? null : appSubnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'java' // for both hostings: the custom handler's executable is java, and this image has it
        version: javaVersion
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReadyInstances > 0 ? [{ name: 'http', instanceCount: alwaysReadyInstances }] : []
        triggers: {
          http: { perInstanceConcurrency: perInstanceConcurrency }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: empty(allowedIpRanges) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: [for (range, i) in allowedIpRanges: {
        name: 'allowed-${i}'
        ipAddress: range
        action: 'Allow'
        priority: 100 + i
      }]
    }
  }

  // All settings at once: what somebody added by hand is gone after a deployment. Storage by account name: with service URIs hosts
  // were seen unhealthy (azure-functions-host issue 11787). A plain AzureWebJobsStorage, even empty, would break it.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: storageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AZURE_CLIENT_ID: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: appInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      AzureWebJobsDisableHomepage: 'true'
      ROUTER_SETTINGS: settingsUrl
      ROUTER_REFRESH_SECONDS: string(settingsRefreshSeconds)
      ...agentSettings
    }
  }

  // Publishing with passwords is off. One after the other: the app takes one operation at a time.
  resource scmPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
    dependsOn: [appSettings]
  }

  resource ftpPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
    dependsOn: [scmPasswords]
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
