using System.Collections.Concurrent;
using System.Collections.Frozen;
using Platform.Access.Fields;
using Platform.Access.Policies;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.Filtering;
using Platform.Tenants.V1;

namespace Platform.Access;

/// <summary>What roles, teams and policies say of one person: read once, compiled on first use, shared by all requests until it changes.</summary>
public sealed class PersonAccess
{
    private readonly FrozenDictionary<string, ResourcePolicies> _resources;
    private readonly DateTimeOffset? _expireTime;
    private readonly ConcurrentDictionary<(ProtectedResource Resource, TenantFields? Fields), object> _rules = new();
    private readonly FrozenDictionary<string, FieldRules> _narrowedFields;
    private Tuple<TenantFields, bool, IReadOnlyList<string>, PersonAccess>? _narrowed;

    /// <summary>Takes the answer of the tenants service.</summary>
    public PersonAccess(Tenants.V1.Access access)
    {
        Permissions = access.Permissions.ToFrozenSet(StringComparer.Ordinal);
        Version = access.Version;
        SupportGrantId = access.SupportGrantId;
        _expireTime = access.ExpireTime?.ToDateTimeOffset();
        Standing = TenantStanding.Of(access);
        Guid? userId = Guid.TryParse(access.UserId, out var id) ? id : null;
        Variables = new CallerVariables(userId, Ids(access.TeamIds), [.. access.Roles], Ids(access.SubordinateIds));
        ShareKeys = [.. Variables.Teams.Select(Platform.Access.ShareKeys.OfTeam), .. userId is { } user ? [Platform.Access.ShareKeys.OfUser(user)] : Array.Empty<string>()];
        _resources = access.Policies.GroupBy(policy => policy.Resource, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new ResourcePolicies([.. group], FieldRules.Of(group, ResourceCatalogue.Find(group.Key))), StringComparer.Ordinal);
        HasFieldRules = _resources.Values.Any(resource => resource.Fields.Restricted.Count > 0);
        _narrowedFields = HasFieldRules ? Repeated() : FrozenDictionary<string, FieldRules>.Empty;
    }

    private PersonAccess(PersonAccess other, FrozenDictionary<string, FieldRules> narrowed)
    {
        (Permissions, Version, SupportGrantId, Standing, Variables, ShareKeys) = (other.Permissions, other.Version, other.SupportGrantId, other.Standing, other.Variables, other.ShareKeys);
        (_expireTime, _resources, _narrowedFields, HasFieldRules) = (other._expireTime, other._resources, narrowed, true);
    }

    /// <summary>Nothing at all.</summary>
    internal static PersonAccess None { get; } = new(new Tenants.V1.Access());

    /// <summary>The grant by which a support person has this; empty for members.</summary>
    public string SupportGrantId { get; }

    /// <summary>What the roles grant.</summary>
    public IReadOnlySet<string> Permissions { get; }

    /// <summary>How the company stands.</summary>
    public TenantStanding Standing { get; }

    /// <summary>The state of the tenant's rights that this was read from.</summary>
    public long Version { get; }

    /// <summary>What filters know of the person.</summary>
    public CallerVariables Variables { get; }

    /// <summary>Whether some field of some resource is restricted.</summary>
    internal bool HasFieldRules { get; }

    /// <summary>By which shares the person gets at a record.</summary>
    internal List<string> ShareKeys { get; }

    /// <summary>The same, as the shares of a record name the person and the person's teams.</summary>
    public IReadOnlyList<string> Shares => ShareKeys;

    /// <summary>Whether it is support access that is in force now, however long ago it was read.</summary>
    public bool IsSupport(DateTimeOffset now) => SupportGrantId.Length > 0 && now < _expireTime;

    /// <summary>What is left of the fields of a resource.</summary>
    public FieldRules FieldsOf(string resource) =>
        _narrowedFields.TryGetValue(resource, out var narrowed) ? narrowed : PolicyFieldsOf(resource);

    /// <summary>
    /// The same, where confidential fields are masked, and formulas and roll-ups that read a hidden or masked field are hidden: their
    /// values would tell it.
    /// </summary>
    /// <param name="fields">The fields that the company defined.</param>
    /// <param name="confidential">Whether the caller may see confidential fields.</param>
    /// <param name="unread">The permissions that the caller lacks to read what roll-ups count, or what records lead to, in other services.</param>
    internal PersonAccess Narrowed(TenantFields fields, bool confidential, IReadOnlyList<string> unread)
    {
        if (!HasFieldRules && (confidential || !fields.HasConfidential) && unread.Count == 0)
            return this;
        if (_narrowed is { } known && known.Item1 == fields && known.Item2 == confidential && known.Item3.SequenceEqual(unread))
            return known.Item4;
        var changed = new Dictionary<string, FieldRules>(_narrowedFields, StringComparer.Ordinal);
        foreach (var defined in fields.All)
        {
            var rules = FieldsOf(defined.Resource);
            var masked = confidential ? rules : rules.Masking(defined.ConfidentialPaths);
            var left = masked.Hiding([.. defined.Telling(masked).Select(field => (field.Path, masked.BehindOf(field.Input)))]);
            if (left != rules)
                changed[defined.Resource] = left;
        }

        HideRollUps(fields, unread, changed);
        HideReferences(unread, changed);
        var narrowed = changed.Count == 0 ? this : new PersonAccess(this, changed.ToFrozenDictionary(StringComparer.Ordinal));
        _narrowed = Tuple.Create(fields, confidential, unread, narrowed);
        return narrowed;
    }

    // What repeats a field of another kind is left as that is.
    private FrozenDictionary<string, FieldRules> Repeated() => ResourceCatalogue.All.Where(resource => resource.Repeats.Count > 0)
        .Select(resource => (resource.Name, Own: PolicyFieldsOf(resource.Name), Left: PolicyFieldsOf(resource.Name).Repeating(resource.Repeats, PolicyFieldsOf)))
        .Where(resource => resource.Left != resource.Own)
        .ToFrozenDictionary(resource => resource.Name, resource => resource.Left, StringComparer.Ordinal);

    private FieldRules PolicyFieldsOf(string resource) => _resources.TryGetValue(resource, out var found) ? found.Fields : FieldRules.None;

    // What they read is of other records, where formulas that tell are hidden by now.
    private void HideRollUps(TenantFields fields, IReadOnlyList<string> unread, Dictionary<string, FieldRules> changed)
    {
        foreach (var rollUp in fields.RollUps)
        {
            var read = changed.GetValueOrDefault(rollUp.Child) ?? FieldsOf(rollUp.Child);
            var parent = rollUp.Definition.Resource;
            // Who may read no records of a service is not told what they add up to in another one.
            var because = rollUp.IsAcross && unread.Contains(rollUp.ReadPermission) ? FieldRules.OtherService : rollUp.Reads.FirstOrDefault(path => !read.MayNarrowBy(path)) is { } input ? read.BehindOf(input) : null;
            if (because is not null)
                changed[parent] = (changed.GetValueOrDefault(parent) ?? FieldsOf(parent)).Hiding([(FormulaFields.PathOf(rollUp.Definition.Key), because)]);
        }
    }

    private void HideReferences(IReadOnlyList<string> unread, Dictionary<string, FieldRules> changed)
    {
        foreach (var kind in ResourceCatalogue.All.Where(kind => kind.ToldWith.Count > 0))
        {
            var hidden = kind.ToldWith.Where(told => unread.Contains(ResourceCatalogue.Find(told.Value)!.PermissionFor(AccessAction.Read))).Select(told => (told.Key, FieldRules.OtherService)).ToList();
            if (hidden.Count > 0)
                changed[kind.Name] = (changed.GetValueOrDefault(kind.Name) ?? FieldsOf(kind.Name)).Hiding(hidden, unwritten: true);
        }
    }

    /// <summary>Whether a policy concerns the person's use of a resource, so that each record may be treated in another way.</summary>
    public bool HasPoliciesOn(string resource) => IsConcerned(resource);

    /// <summary>Whether a policy concerns the person's use of a resource.</summary>
    internal bool IsConcerned(string resource) => _resources.ContainsKey(resource);

    /// <summary>Whether records of a kind are out of the person's reach because of the pipeline that they are in.</summary>
    internal bool HasPipelineRules(string resource) => _resources.TryGetValue(resource, out var found) && found.Policies.Any(policy => policy.Specificity == PolicySpecificity.Pipeline);

    /// <summary>The policies that name what is allowed.</summary>
    internal IEnumerable<AccessPolicy> AllowedBy(string resource, AccessAction action) => _resources.TryGetValue(resource, out var found)
        ? found.Policies.Where(policy => policy.Effect == PolicyEffect.Allow && policy.Actions.Contains(action.Name()))
        : [];

    internal ResourceRules<T> RulesOf<T>(ProtectedResource<T> resource, TenantFields? fields)
        where T : ProtectedEntity, IProtected<T> =>
        (ResourceRules<T>)_rules.GetOrAdd((resource, fields), static (key, access) =>
            new ResourceRules<T>(((ProtectedResource<T>)key.Resource).Schema, access.PoliciesOn(key.Resource), access, key.Fields), this);

    private IReadOnlyList<AccessPolicy> PoliciesOn(ProtectedResource resource) => _resources.TryGetValue(resource.Info.Name, out var found) ? found.Policies : [];

    private static List<Guid> Ids(IEnumerable<string> texts) => [.. texts.Select(Guid.Parse)];

    private sealed record ResourcePolicies(IReadOnlyList<AccessPolicy> Policies, FieldRules Fields);
}
