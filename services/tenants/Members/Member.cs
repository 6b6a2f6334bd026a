using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Members;

/// <summary>A person of a tenant. The id is the subject of the person's tokens.</summary>
internal sealed class Member : Entity
{
    public string Email { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public List<string> Roles { get; private set; } = [];

    public Guid? ManagerId { get; private set; }

    /// <summary>Only of a new one: nobody reads it with the member.</summary>
    public MemberKey? Key { get; private init; }

    public bool IsAdministrator => Roles.Contains(BuiltInRoles.Administrator);

    public static Member Create(V1.Member message, DateTimeOffset now)
    {
        var member = new Member { Id = Guid.Parse(message.UserId), Key = new MemberKey(), CreateTime = now };
        member.Update(message, now);
        return member;
    }

    public void Update(V1.Member message, DateTimeOffset now)
    {
        Email = message.Email.Trim();
        DisplayName = message.DisplayName.Trim();
        Roles = [.. message.Roles.Distinct().Order(StringComparer.Ordinal)];
        ManagerId = message.ManagerId.ToIdOrNull();
        UpdateTime = now;
    }

    /// <summary>The one above has left: who is above that one takes over.</summary>
    public void ReportTo(Guid? managerId, DateTimeOffset now) => (ManagerId, UpdateTime) = (managerId, now);

    public V1.Member ToMessage() => new()
    {
        UserId = Id.ToString(),
        Etag = Etag,
        Email = Email,
        DisplayName = DisplayName,
        Roles = { Roles },
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        ManagerId = ManagerId.ToIdText(),
    };

    public V1.MemberChanged ToEvent(bool removed = false) => new() { UserId = Id.ToString(), Roles = { removed ? [] : Roles }, Removed = removed };
}
