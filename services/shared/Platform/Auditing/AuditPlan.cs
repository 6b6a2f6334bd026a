using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>A field of a resource as the log writes it, named as in the contract's JSON.</summary>
internal sealed record AuditedField(IProperty Property, string Name, bool IsConfidential)
{
    public object? Of(object entity) => Property.GetGetter().GetClrValue(entity);

    public bool Changed(object? before, object? after) => !Property.GetValueComparer().Equals(before, after);
}

/// <summary>Rows that live inside a resource, such as the lines of an invoice: a field of it.</summary>
internal sealed record AuditedPart(INavigation Navigation, string Name, AuditPlan Plan)
{
    public object? Of(object entity) => Navigation.GetGetter().GetClrValue(entity);
}

/// <summary>What of an entity goes into the log; worked out once for each model.</summary>
internal sealed class AuditPlan
{
    private static readonly ConditionalWeakTable<IReadOnlyEntityType, AuditPlan> Plans = [];

    // What says nothing of the resource: whose it is, and when and how often its row was written.
    private static readonly HashSet<string> Bookkeeping = [nameof(Entity.TenantId), nameof(Entity.CreateTime), nameof(Entity.UpdateTime)];
    private static readonly string[] ConfidentialWords = ["Password", "Secret", "Token", "Hash", "ApiKey", "PrivateKey", "Credential"];

    private AuditPlan(IEntityType type)
    {
        TypeName = type.ClrType.Name;
        Noun = JsonNamingPolicy.SnakeCaseLower.ConvertName(TypeName);
        IsAudited = type.ClrType.GetCustomAttribute<NotAuditedAttribute>() is null;
        Key = [.. type.FindPrimaryKey()!.Properties.Where(property => property.Name != nameof(ITenantOwned.TenantId))];
        Fields = [.. type.GetProperties().Where(IsField).Select(property => new AuditedField(property, NameOf(property), IsConfidential(property)))];
        Parts = [.. type.GetNavigations().Where(navigation => navigation.ForeignKey.IsOwnership && !navigation.IsOnDependent)
            .Select(navigation => new AuditedPart(navigation, NameOf(navigation), Of(navigation.TargetEntityType)))];
    }

    public string TypeName { get; }

    public string Noun { get; }

    public bool IsAudited { get; }

    public IReadOnlyList<IProperty> Key { get; }

    public IReadOnlyList<AuditedField> Fields { get; }

    public IReadOnlyList<AuditedPart> Parts { get; }

    public static AuditPlan Of(IEntityType type) =>
        Plans.TryGetValue(type, out var plan) ? plan : Plans.GetValue(type, static key => new AuditPlan((IEntityType)key));

    /// <summary>The id of the resource; where the key has several parts, all of them.</summary>
    public string IdOf(object entity) => string.Join('/', Key.Select(property => property.GetGetter().GetClrValue(entity)));

    private static bool IsField(IProperty property) => !property.IsShadowProperty() && !Bookkeeping.Contains(property.Name)
        && property.ValueGenerated == ValueGenerated.Never && !(property.IsPrimaryKey() && !property.DeclaringType.ContainingEntityType.IsOwned());

    private static bool IsConfidential(IProperty property) =>
        property.PropertyInfo?.GetCustomAttribute<ConfidentialAttribute>() is not null
        || ConfidentialWords.Any(word => property.Name.Contains(word, StringComparison.Ordinal));

    private static string NameOf(IReadOnlyPropertyBase property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
