using CsCheck;
using Platform.Tenants.Shares;
using Platform.Tenants.V1;
using Xunit;

namespace Tenants.Tests;

/// <summary>The division of a limit, whatever becomes of the words between the services.</summary>
public sealed class DivisionFacts
{
    private const int Services = 3;

    [Fact]
    public void However_words_are_lost_late_or_repeated_the_services_together_never_come_to_more_than_the_limit() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 12].Array[Services], Gen.Int[0, 1_000_000].Array[0, 150]).Sample((total, had, turns) =>
        {
            var world = new World(total, had);
            foreach (var turn in turns)
                world.Turn(turn % 8, turn / 8 % Services, turn / 64);
            return true;
        }, iter: 3_000);

    [Fact]
    public void What_nobody_uses_is_had_by_who_needs_it() => Gen.Select(Gen.Int[1, 30], Gen.Int[0, 1_000_000].Array[0, 60]).Sample((total, turns) =>
    {
        var world = new World(total, [0, 0, 0]);
        foreach (var turn in turns)
            world.Turn(turn % 8, turn / 8 % Services, turn / 64);
        return world.Fill();
    }, iter: 1_000);

    [Fact]
    public void Nobody_grows_into_the_room_of_a_service_that_has_not_said_what_it_has()
    {
        List<LimitShare> shares = [.. Enumerable.Range(0, Services).Select(number => new LimitShare { Resource = "rows", Service = $"{number}" })];
        shares[0].Hear(0, 0, 3);
        shares[1].Hear(0, 0, 4);
        var first = new TakeShareRequest { Service = "0", Used = 3, Wanted = 1 };
        Assert.Equal((0, 10, 7), Said(new Division(10, shares).Take(first, evenLess: true)));
        shares[2].Hear(0, 0, 2);
        Assert.Equal((4, 10, 9), Said(new Division(10, shares).Take(first, evenLess: true)));

        // Without the limit they grew as they liked: what is still on its way from before says nothing.
        shares.ForEach(share => share.Forget());
        shares[1].Hear(0, 0, 4);
        shares[2].Hear(0, 0, 2);
        Assert.Equal((0, 20, 9), Said(new Division(20, shares).Take(first, evenLess: true)));
    }

    private static (long Share, long Total, long Used) Said(TakeShareResponse answer) => (answer.Share, answer.Total, answer.Used);

    /// <summary>What a service does with its quota, and the words on their way.</summary>
    private sealed class World
    {
        private readonly long _total;
        private readonly long _most;
        private readonly List<LimitShare> _shares = [.. Enumerable.Range(0, Services).Select(number => new LimitShare { Resource = "rows", Service = $"{number}" })];
        private readonly List<Service> _services = [.. Enumerable.Range(0, Services).Select(_ => new Service())];
        private readonly List<TakeShareRequest> _late = [];
        private readonly List<(int Service, long Round)> _calls = [];
        private readonly List<(int Service, ReturnShareResponse Answer)> _answers = [];

        /// <param name="total">The limit.</param>
        /// <param name="had">What the services had when it was set, of which nobody knew.</param>
        public World(long total, int[] had)
        {
            (_total, _most) = (total, Math.Max(total, had.Sum()));
            foreach (var (who, rows) in had.Index())
                _services[who].Used = rows;
        }

        public void Turn(int what, int who, int detail)
        {
            switch (what)
            {
                case 0 or 1:
                    Add(who, 1 + (detail % 4), isLost: false);
                    break;
                case 2:
                    Add(who, 1 + (detail % 4), isLost: true);
                    break;
                case 3:
                    _services[who].Used = Math.Max(0, _services[who].Used - 1 - (detail % 5));
                    break;
                case 4:
                    _shares[who].Round++;
                    _calls.Add((who, _shares[who].Round));
                    break;
                case 5 when _calls.Count > 0:
                    // It stays in the list: words come twice.
                    var (service, round) = _calls[detail % _calls.Count];
                    _answers.Add((service, _services[service].Return(round)));
                    break;
                case 6 when _answers.Count > 0:
                    var (of, answer) = _answers[detail % _answers.Count];
                    _shares[of].Hear(answer.Round, answer.Share, answer.Used);
                    break;
                case 7 when _late.Count > 0:
                    new Division(_total, _shares).Take(_late[detail % _late.Count], evenLess: true);
                    break;
            }

            Check();
        }

        // All give back, and one takes all there is.
        public bool Fill()
        {
            for (var who = 0; who < Services; who++)
            {
                var answer = _services[who].Return(++_shares[who].Round);
                _shares[who].Hear(answer.Round, answer.Share, answer.Used);
            }

            while (Add(0, 1, isLost: false))
                Check();
            return _services.Sum(service => service.Used) == _total;
        }

        // Adds what it may; asks where its share is too small. What a lost answer gave is written down by tenants alone, and who has
        // given up waiting may be served long after.
        private bool Add(int who, int rows, bool isLost)
        {
            var service = _services[who];
            if (service.Used + rows > service.Share)
            {
                var request = new TakeShareRequest { Service = $"{who}", Round = service.Round, Share = service.Share, Used = service.Used, Wanted = rows };
                _late.Add(request);
                var answer = new Division(_total, _shares).Take(request, evenLess: true);
                if (isLost || answer.Share < service.Used + rows)
                    return false;
                (service.Round, service.Share) = answer.Round > service.Round ? (answer.Round, answer.Share) : (service.Round, service.Share);
            }

            if (service.Used + rows > service.Share)
                return false;
            service.Used += rows;
            return true;
        }

        private void Check()
        {
            Assert.True(_services.Sum(service => Math.Max(service.Used, service.Share)) <= _most, "They can come to more than the limit.");
            Assert.All(_services.Index(), service => Assert.True(_shares[service.Index].Held >= Math.Max(service.Item.Used, service.Item.Share), "Tenants believes that it holds less than it does."));
        }
    }

    private sealed class Service
    {
        public long Round { get; set; }

        public long Share { get; set; }

        public long Used { get; set; }

        public ReturnShareResponse Return(long round)
        {
            if (round > Round)
                (Round, Share) = (round, 0);
            return new ReturnShareResponse { Round = Round, Share = Share, Used = Used };
        }
    }
}
