# Mail::SPF's verdicts: CASE -> CASE TAB result [TAB explanation].
use strict;
use warnings;
use Mail::SPF;
use Net::DNS;

$| = 1;

{
    package Suite;
    sub new { my ($class, $scenario) = @_; return bless { scenario => $scenario }, $class }
    sub errorstring { return $_[0]->{error} }

    sub send {
        my ($self, $name, $type) = @_;
        $name = lc $name =~ s/\.$//r;
        my ($records, $timeouts) = @{ $self->{scenario} }{ 'records', 'timeouts' };
        $self->{error} = 'NOERROR';
        my $answer = eval { Net::DNS::Packet->new($name, $type) };
        my @answers = grep { $_->[0] eq $type } @{ $records->{$name} // [] };
        my ($alias) = grep { $_->[0] eq 'CNAME' } @{ $records->{$name} // [] };
        if (!$answer || (!@answers && ($timeouts->{$name} || ($name =~ /^error\./ && !$records->{$name})))) {
            $self->{error} = $answer ? 'query timed out' : 'malformed';
            return undef;
        }
        if (!@answers && $alias && !$self->{depth}) {
            local $self->{depth} = 1;
            my $target = $self->send($alias->[1], $type) // return undef;
            $target->push(answer => Net::DNS::RR->new(name => $name, type => 'CNAME', cname => $alias->[1]));
            return $target;
        }
        $answer->header->rcode($records->{$name} || $timeouts->{$name} ? 'NOERROR' : 'NXDOMAIN');
        $answer->push(answer => record($name, $type, $_->[1])) for @answers;
        return $answer;
    }

    sub record {
        my ($name, $type, $value) = @_;
        my @data =
            $type eq 'TXT' || $type eq 'SPF' ? (txtdata => [ strings($value) ])
          : $type eq 'MX'                    ? do { my ($n, $host) = split / /, $value; (preference => $n, exchange => $host || '.') }
          : $type eq 'PTR'                   ? (ptrdname => $value)
          :                                    (address => $value);
        return Net::DNS::RR->new(name => $name, type => $type, @data);
    }

    sub strings {
        my @strings = $_[0] =~ /"((?:[^"\\]|\\.)*)"/g;
        s/\\(\d{3}|.)/length $1 == 3 ? chr $1 : $1/ge for @strings;
        return @strings;
    }
}

sub read_suite {
    my ($path) = @_;
    my (%cases, $scenario);
    open my $file, '<:raw', $path or die "$path: $!\n";
    while (my $line = <$file>) {
        chomp $line;
        my @words = split /\t/, $line, -1;
        my $name = lc(($words[1] // '') =~ s/\.$//r);
        if    ($words[0] eq 'scenario') { $scenario = { records => {}, timeouts => {} } }
        elsif ($words[0] eq 'rr')       { push @{ $scenario->{records}{$name} }, [ @words[ 2, 3 ] ] }
        elsif ($words[0] eq 'timeout')  { $scenario->{timeouts}{$name} = 1 }
        elsif ($words[0] eq 'test')     { $cases{ $words[1] } = [ $scenario, @words[ 2, 3, 4, 6 ] ] }
    }
    return \%cases;
}

# As its documentation wants it: the identity is the HELO name where MAIL FROM is empty.
sub verdict {
    my ($scenario, $client, $helo, $mail_from, $explanation) = @_;
    my $server = Mail::SPF::Server->new(dns_resolver => Suite->new($scenario), hostname => 'unknown',
                                        default_authority_explanation => '(none)');
    my $request = Mail::SPF::Request->new(
        scope         => $mail_from eq '' ? 'helo' : 'mfrom',
        identity      => $mail_from eq '' ? $helo : $mail_from,
        ip_address    => $client,
        helo_identity => $helo,
        versions      => [1],
    );
    my $result = $server->process($request);
    return $result->code unless $explanation ne '';
    return $result->code . "\t" . ($result->can('authority_explanation') ? $result->authority_explanation : '(none)');
}

my $cases = read_suite($ARGV[0]);
while (my $id = <STDIN>) {
    chomp $id;
    my $words = eval { verdict(@{ $cases->{$id} }) };
    my $why = ref $@ || 'die';
    $words //= "crash:$why";
    print "$id\t$words\n";
}
