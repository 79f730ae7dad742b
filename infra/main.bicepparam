using 'main.bicep'

// azd fills in these two; without azd the defaults hold, or set the variables yourself.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'router')
param hosting = readEnvironmentVariable('ROUTER_HOSTING', 'worker')
param operatorPrincipalType = readEnvironmentVariable('ROUTER_OPERATOR_TYPE', 'User')

// In order of preference. Capacities are small so that a first deployment meets no quota; see docs/deploy.md for raising them.
param models = {
  'gpt-4o': {
    version: '2024-11-20'
    regions: [
      { location: 'swedencentral', sku: 'DataZoneStandard', capacity: 10, zone: 'eu' }
      { location: 'eastus2', sku: 'DataZoneStandard', capacity: 10, zone: 'us' }
      { location: 'westus3', sku: 'DataZoneStandard', capacity: 10, zone: 'us' }
    ]
  }
  'text-embedding-3-large': {
    version: '1'
    regions: [
      { location: 'swedencentral', capacity: 10, zone: 'eu' }
      { location: 'eastus2', capacity: 10, zone: 'us' }
    ]
  }
}

// Two keys are made for each caller at the first deployment, and kept: docs/deploy.md says how to read them.
param callers = [
  { name: 'first-caller' }
]
