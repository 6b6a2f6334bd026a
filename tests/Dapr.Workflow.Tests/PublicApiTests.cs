using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>
/// The swap for the official package must compile: what we offer it offers too, with the same types. <c>official-api.txt</c> lists
/// what version 1.19.0 offers; built with the package, the list itself is put to the test.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What every type has of its own accord.</summary>
    private static readonly HashSet<string> Everywhere = ["ToString", "Equals", "GetHashCode", "PrintMembers", "Deconstruct", "EqualityContract"];

    [Fact]
    public void Every_public_member_is_one_of_the_official_package()
    {
        var official = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "official-api.txt")).ToHashSet(StringComparer.Ordinal);
        var assemblies = new[] { typeof(DaprWorkflowClient).Assembly, typeof(WorkflowContext).Assembly };
        var offered = assemblies.Distinct().SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        Assert.True(offered.Count > 150, "the public types were found");
        Assert.Empty(assemblies[0].GetName().Name == "Dapr.Workflow" ? official.Except(offered) : offered.Except(official));
    }

    private static IEnumerable<string> Names(Type type) => type.GetMembers(Declared)
        .Where(member => IsVisible(member) && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
        .Where(member => !Everywhere.Contains(member.Name) && !member.Name.StartsWith("op_", StringComparison.Ordinal)
            && !member.Name.Contains('<', StringComparison.Ordinal) && member.Name != "value__")
        .Select(member => $"{type.FullName}: {member}")
        .Prepend(type.FullName!);

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !(method.IsSpecialName && method is MethodInfo),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => accessor.IsPublic || accessor.IsFamily),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    };
}
