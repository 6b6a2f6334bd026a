using Platform.Data;

namespace Platform.Deals.Roles;

/// <summary>A person on the customer's side who has a say in a deal; lives in the deal's row.</summary>
internal sealed record ContactRole
{
    public required Guid PersonId { get; init; }

    public required string Role { get; init; }

    public static ContactRole Create(V1.DealContact message) => new() { PersonId = Guid.Parse(message.PersonId), Role = message.Role.Trim() };

    public V1.DealContact ToMessage() => new() { PersonId = PersonId.ToString(), Role = Role };
}
