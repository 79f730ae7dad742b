using '../main.bicep'

// Every parameter at work; copy what you need. Also the checks' way into branches that the default file leaves alone.
param environmentName = 'everything'
param hosting = 'streaming'
param javaVersion = '17'
param tags = { costCenter: 'search' }

param models = {
  'gpt-4o': {
    version: '2024-11-20'
    versionUpgrade: 'NoAutoUpgrade'
    regions: [
      // Provisioned throughput first; what it cannot take spills over to pay-as-you-go in the same region, then abroad.
      { location: 'swedencentral', name: 'swedencentral-ptu', sku: 'DataZoneProvisionedManaged', capacity: 15, deployment: 'gpt-4o-ptu', zone: 'eu', priority: 1 }
      { location: 'swedencentral', sku: 'DataZoneStandard', capacity: 100, zone: 'eu', priority: 2, weight: 3 }
      { location: 'francecentral', sku: 'DataZoneStandard', capacity: 50, zone: 'eu', priority: 2 }
      // An account that is there already, and answers under its own domain.
      {
        location: 'eastus2'
        zone: 'us'
        priority: 3
        existing: {
          resourceId: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-legacy/providers/Microsoft.CognitiveServices/accounts/aoai-legacy-eus2'
          endpoint: 'https://legacy-eus2.openai.azure.com'
          assignRole: false
        }
      }
    ]
  }
  // Another name in front of the same kind of model, fenced to its zone.
  'chat-eu': {
    version: '2024-07-18'
    azureName: 'gpt-4o-mini'
    stayInZone: true
    regions: [
      { location: 'swedencentral', capacity: 50, zone: 'eu' }
      { location: 'francecentral', capacity: 50, zone: 'eu' }
    ]
  }
}

param callers = [
  { name: 'team-search', models: ['gpt-4o'], zone: 'eu', tokensPerMinute: 60000, requestsPerMinute: 600 }
  { name: 'load-test', forceRegion: true }
]
param allowAnonymous = true
param retry = { maxAttempts: 10, maxWaitSeconds: 10, deadlineSeconds: 120, attemptTimeoutSeconds: 60, firstEventTimeoutSeconds: 20, idleTimeoutSeconds: 45 }
param keepSettings = true
param openAiAuth = 'apiKey'
param restoreAccounts = false

param instanceMemoryMB = 4096
param maximumInstanceCount = 100
param alwaysReadyInstances = 2
param perInstanceConcurrency = 200
param settingsRefreshSeconds = 30

param privateNetwork = true
param addressSpace = '10.60.0.0/22'
param allowedIpRanges = ['203.0.113.0/24']
param operatorPrincipalId = ''
param operatorPrincipalType = 'Group'
param purgeProtection = false
param logRetentionDays = 90
param alertEmail = 'operators@example.com'
