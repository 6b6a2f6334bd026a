namespace Platform.Sidecar.Resiliency;

/// <summary>The kinds of components, by the words that default policies have for them.</summary>
internal enum ComponentKind
{
    Binding,
    Configuration,
    Lock,
    Pubsub,
    Crypto,
    Secretstore,
    Statestore,
}

/// <summary>Towards a component, or from it to the app.</summary>
internal enum ComponentDirection
{
    Outbound,
    Inbound,
}
