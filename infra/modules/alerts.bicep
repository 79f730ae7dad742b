// Alerts. A region that throttles is the router's daily bread and only worth a notice; a caller who is refused is not.

@description('Ending of resource names')
param suffix string

param location string
param tags object

@description('Resource id of the workspace that is watched')
param workspaceId string

@description('Mail address; empty for none')
param email string

var rules = [
  {
    name: 'callers-refused'
    title: 'Region Router: more than 1 % of the calls end in 429 or 5xx'
    advice: 'Every region of the model is throttled or down. Raise quota, add a region, or limit a caller (docs/deploy.md).'
    query: loadTextContent('../queries/alert-callers-refused.kql')
    column: 'RefusedPercent'
    dimension: 'Model'
    threshold: 1
    severity: 1
  }
  {
    name: 'credentials-refused'
    title: 'Region Router: a region refuses the router\'s credentials'
    advice: 'Check the role Cognitive Services OpenAI User on the account, or its key in the vault.'
    query: loadTextContent('../queries/alert-alarms.kql')
    column: 'Alarms'
    dimension: 'Region'
    threshold: 0
    severity: 1
  }
  {
    name: 'region-throttled'
    title: 'Region Router: more than 20 % of the attempts in a region are throttled'
    advice: 'Callers are served elsewhere. Raise the region\'s quota, lower its weight or add a region before the others are full too.'
    query: loadTextContent('../queries/alert-region-throttled.kql')
    column: 'ThrottledPercent'
    dimension: 'Region'
    threshold: 20
    severity: 3
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'router'
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for r in rules: {
  name: 'ar-${r.name}-${suffix}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: r.title
    description: r.advice
    severity: r.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    skipQueryValidation: true // the first telemetry makes the table; a fresh workspace has none
    criteria: {
      allOf: [
        {
          query: r.query
          timeAggregation: 'Maximum'
          metricMeasureColumn: r.column
          dimensions: [
            {
              name: r.dimension
              operator: 'Include'
              values: ['*']
            }
          ]
          operator: 'GreaterThan'
          threshold: r.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: empty(email) ? [] : [mail.id]
    }
  }
}]
