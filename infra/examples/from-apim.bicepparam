using '../main.bicep'

// The worked example of docs/migrate-from-apim.md: three accounts that are there already, two models, nothing new but the router.
param environmentName = 'chat'

var account = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-openai/providers/Microsoft.CognitiveServices/accounts'

param models = {
  'gpt-4o': {
    version: '2024-11-20'
    regions: [
      { location: 'swedencentral', priority: 1, existing: { resourceId: '${account}/contoso-aoai-swc' } }
      { location: 'eastus2', priority: 1, existing: { resourceId: '${account}/contoso-aoai-eus2' } }
      { location: 'westus3', priority: 1, existing: { resourceId: '${account}/contoso-aoai-wus3' } }
    ]
  }
  'gpt-4o-mini': {
    version: '2024-07-18'
    regions: [
      { location: 'swedencentral', priority: 1, weight: 2, existing: { resourceId: '${account}/contoso-aoai-swc' } }
      { location: 'eastus2', priority: 1, existing: { resourceId: '${account}/contoso-aoai-eus2' } }
    ]
  }
}

param callers = [
  { name: 'team-search', models: ['gpt-4o'], tokensPerMinute: 60000 }
  { name: 'team-support' }
]

param retry = { maxAttempts: 30, maxWaitSeconds: 20 }
