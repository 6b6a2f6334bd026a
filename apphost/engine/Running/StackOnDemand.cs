using Platform.LocalHost.Lifecycle;

namespace Platform.LocalHost.Running;

/// <summary>The stack of an application, made when it is first needed: what the AppHost does before the start may still change what it is made from.</summary>
internal sealed class StackOnDemand(Announcements announcements, Func<Stack> make)
{
    private readonly Lazy<Stack> _stack = new(make);

    /// <summary>Null where it was not needed.</summary>
    public Stack? Made => _stack.IsValueCreated ? _stack.Value : null;

    public Stack Value => _stack.Value;

    /// <summary>The stack, after what the AppHost does before the start.</summary>
    public async Task<Stack> AnnouncedAsync(CancellationToken cancellationToken)
    {
        await announcements.BeforeStartAsync(cancellationToken);
        return Value;
    }
}
