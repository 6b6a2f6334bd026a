using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Access;
using Platform.Caching;
using Xunit;

namespace Platform.Tests;

public sealed class AccessDirectoryFacts
{
    private static readonly Guid Tenant = Guid.CreateVersion7();
    private static readonly string User = Guid.CreateVersion7().ToString();

    private readonly Source _source = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ReplicaSignal _signal;
    private readonly AccessDirectory _directory;

    public AccessDirectoryFacts()
    {
        _signal = new ReplicaSignal(_time);
        _directory = new AccessDirectory(
            new ServiceCollection().AddSingleton<IAccessSource>(_source).BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(), _signal, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Access_is_asked_once_a_minute_by_however_many_at_a_time()
    {
        var first = Ask();
        var second = Ask();
        _source.Answer(1, "deals.read");
        Assert.Same(await first, await second);
        Assert.Same(await first, await Ask());
        Assert.Equal(1, _source.Questions);
        HearingAfter(TimeSpan.FromSeconds(59));
        Assert.Same(await first, await Ask());
        HearingAfter(TimeSpan.FromSeconds(1));
        var later = Ask();
        _source.Answer(1, "deals.read");
        Assert.NotSame(await first, await later);
    }

    [Fact]
    public async Task An_answer_that_was_under_way_when_the_person_was_changed_is_not_kept()
    {
        var before = Ask();
        _directory.Forget(Tenant, User);
        _source.Answer(1, "deals.write");
        Assert.Contains("deals.write", (await before).Permissions);
        var after = Ask();
        _source.Answer(2);
        Assert.Empty((await after).Permissions);
        Assert.Empty((await Ask()).Permissions);
    }

    [Fact]
    public async Task An_answer_older_than_the_change_of_the_tenant_is_asked_for_again()
    {
        var under = Ask();
        _directory.Forget(Tenant, version: 7);
        _source.Answer(6, "deals.write");
        await Eventually(() => _source.Questions == 2);
        _source.Answer(7);
        Assert.Empty((await under).Permissions);
        Assert.Empty((await Ask()).Permissions);
        Assert.Equal(2, _source.Questions);

        _directory.Forget(Tenant, version: 8);
        var after = Ask();
        _source.Answer(8, "deals.read");
        Assert.Contains("deals.read", (await after).Permissions);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        var failing = Ask();
        _source.Fail();
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        var next = Ask();
        _source.Answer(1, "deals.read");
        Assert.Contains("deals.read", (await next).Permissions);
    }

    [Fact]
    public async Task Access_lives_a_second_while_changes_would_not_be_heard()
    {
        _signal.Connected();
        var first = Ask();
        _source.Answer(1, "deals.read");
        await first;
        _signal.Lost();
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = Ask();
        _source.Answer(1);
        Assert.Empty((await second).Permissions);

        _signal.Connected();
        var third = Ask();
        _source.Answer(1, "deals.read");
        Assert.NotEmpty((await third).Permissions);
        // Silent for too long, though nobody has said that it is lost.
        _time.Advance(TimeSpan.FromSeconds(1.5));
        var fourth = Ask();
        _source.Answer(1);
        Assert.Empty((await fourth).Permissions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_replica_says_is_forgotten(bool person)
    {
        _signal.Connected();
        var before = Ask();
        _source.Answer(1, "deals.write");
        await before;
        _signal.Receive($"access {Guid.CreateVersion7()} 2");
        _signal.Receive($"other {Tenant} 2");
        _signal.Receive("nonsense");
        Assert.Same(await before, await Ask());
        _signal.Receive($"access {Tenant} {(person ? User : "2")}");
        var after = Ask();
        _source.Answer(2);
        Assert.Empty((await after).Permissions);
    }

    private void HearingAfter(TimeSpan time)
    {
        _time.Advance(time);
        _signal.Heard(_time.GetTimestamp());
    }

    private Task<PersonAccess> Ask() => _directory.GetAsync(Tenant, User, "token", Token).AsTask();

    private static Task Eventually(Func<bool> condition) => Testing.Eventually.HoldsAsync(condition);

    /// <summary>Answers when the fact says so.</summary>
    private sealed class Source : IAccessSource
    {
        private TaskCompletionSource<Tenants.V1.Access> _next = new();

        public int Questions { get; private set; }

        public Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
        {
            _next = new TaskCompletionSource<Tenants.V1.Access>(TaskCreationOptions.RunContinuationsAsynchronously);
            Questions++;
            return _next.Task;
        }

        public void Answer(long version, params string[] permissions) =>
            _next.SetResult(new Tenants.V1.Access { UserId = User, Version = version, Permissions = { permissions } });

        public void Fail() => _next.SetException(new InvalidOperationException("The tenants service is away."));
    }
}
