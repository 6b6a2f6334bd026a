namespace Platform.Idempotency;

/// <summary>The RPC answers with a secret that is kept nowhere: it takes no Idempotency-Key, since the answer would be stored to be replayed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SecretReplyAttribute : Attribute;
